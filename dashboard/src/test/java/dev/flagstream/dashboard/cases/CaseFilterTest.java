package dev.flagstream.dashboard.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import dev.flagstream.dashboard.http.UnusableRequestException;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFilterTest {

  @Test
  void asksForEverythingWhereNothingIsGiven() {
    assertThat(query(Map.of("category", " ", "unknown", "x"))).isEqualTo("{}");
  }

  @Test
  void asksForAmountsExactlyAndForTimesWithoutTheLast() {
    assertThat(query(Map.of("min", "0.10"))).contains("{\"$numberDecimal\": \"0.10\"}");
    assertThat(query(Map.of("to", "2026-01-02T12:00:00Z")))
        .contains("$lt")
        .contains("2026-01-02T12:00:00Z");
  }

  @Test
  void takesATextAsItIsHoweverMuchItLooksLikeAnExpression() {
    assertThat(query(Map.of("text", ".*$|"))).contains("^\\\\.\\\\*\\\\$\\\\|");
  }

  @ParameterizedTest
  @CsvSource({
    "min, a lot",
    "max, 1e9999999",
    "max, 1e999",
    "min, -1",
    "from, yesterday",
    "to, 12:00"
  })
  void saysWhichParameterCannotBeReadAndWhatItShouldBe(String name, String text) {
    assertThatThrownBy(() -> CaseFilter.of(Map.of(name, text)))
        .isInstanceOf(UnusableRequestException.class)
        .hasMessageStartingWith(name + "=" + text + " is not a")
        .hasMessageContaining("such as");
  }

  @ParameterizedTest
  @CsvSource({
    "min, 100.00, max, 99.99",
    "from, 2026-01-02T12:00:00Z, to, 2026-01-02T11:59:59Z",
  })
  void refusesSpansThatAreTheWrongWayRound(String low, String more, String high, String less) {
    assertThatThrownBy(() -> CaseFilter.of(Map.of(low, more, high, less)))
        .isInstanceOf(UnusableRequestException.class)
        .hasMessage("%s=%s is above %s=%s: exchange them.", low, more, high, less);
    assertThat(query(Map.of(low, less, high, less))).contains(less.substring(0, 4));
  }

  @Test
  void takesOnlyTrueAndFalseForWhetherAModelAlerted() {
    assertThat(query(Map.of("model", "false"))).isEqualTo("{\"model_alert\": false}");
    assertThatThrownBy(() -> CaseFilter.of(Map.of("model", "yes")))
        .hasMessage("model=yes is neither true nor false.");
  }

  @Test
  void refusesTextsOfUnreasonableLength() {
    assertThatThrownBy(() -> CaseFilter.of(Map.of("text", "x".repeat(201))))
        .isInstanceOf(UnusableRequestException.class)
        .hasMessage("text is longer than 200 characters.");
  }

  private static String query(Map<String, String> parameters) {
    return CaseFilter.of(parameters)
        .query()
        .toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry())
        .toJson();
  }
}
