package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsFraudTest {

  private final IsFraud isFraud = new IsFraud();

  @ParameterizedTest
  @CsvSource({
    "2000.00, true",
    "1999.99, false",
    "99999999.99, true",
    "0.01, false",
    "-5000, false"
  })
  void flagsAmountsFromTheThresholdOn(double amount, boolean flagged) {
    assertThat(isFraud.isFraud(amount, "Chicago")).isEqualTo(flagged);
    assertThat(isFraud.isFraud(amount, "Chicago", "Chicago")).isEqualTo(flagged);
  }

  @ParameterizedTest
  @CsvSource({"500.00, true", "499.99, false"})
  void flagsMiddlingAmountsFarFromHome(double amount, boolean flagged) {
    assertThat(isFraud.isFraud(amount, "Miami", "Chicago")).isEqualTo(flagged);
  }

  @ParameterizedTest
  @CsvSource({"' new   york '", "NEW YORK", "'New\tYork'"})
  void comparesCitiesWithoutRegardToCaseAndWhitespace(String city) {
    assertThat(isFraud.isFraud(500.00, city, "New York")).isFalse();
  }

  @Test
  void takesWhatIsNotKnownForNoEvidence() {
    assertThat(isFraud.isFraud(null, "Miami")).isFalse();
    assertThat(isFraud.isFraud(null, null, null)).isFalse();
    assertThat(isFraud.isFraud(Double.NaN, "Miami", "Chicago")).isFalse();
    assertThat(isFraud.isFraud(700.0, null, "Chicago")).isFalse();
    assertThat(isFraud.isFraud(700.0, "  ", "Chicago")).isFalse();
    assertThat(isFraud.isFraud(700.0, "Miami", null)).isFalse();
    assertThat(isFraud.isFraud(2000.0, null, null)).isTrue();
  }

  @Test
  void findsNoCityUnusualUntilUsualOnesAreSet() {
    assertThat(isFraud.isFraud(700.0, "Ulan Bator")).isFalse();

    isFraud.configure(Map.of("ksql.functions.is_fraud.usual.cities", "Chicago, new  york,,"));

    assertThat(isFraud.isFraud(700.0, "Ulan Bator")).isTrue();
    assertThat(isFraud.isFraud(700.0, "New York")).isFalse();
    assertThat(isFraud.isFraud(499.99, "Ulan Bator")).isFalse();
    assertThat(isFraud.isFraud(700.0, "Ulan Bator", "Ulan Bator"))
        .as("a home city, where known, decides alone")
        .isFalse();
    assertThat(isFraud.isFraud(700.0, "Ulan Bator", " ")).isTrue();
  }

  @Test
  void prefersItsOwnSettingsToThoseOfAllFunctions() {
    isFraud.configure(
        Map.of(
            "ksql.functions.is_fraud.amount.threshold", "100",
            "ksql.functions._global_.amount.threshold", "50",
            "ksql.functions._global_.away.amount.threshold", "70"));

    assertThat(isFraud.isFraud(99.99, "Chicago", "Chicago")).isFalse();
    assertThat(isFraud.isFraud(100.0, "Chicago", "Chicago")).isTrue();
    assertThat(isFraud.isFraud(70.0, "Miami", "Chicago")).isTrue();
  }

  @Test
  void leavesSettingsOfOtherFunctionsAlone() {
    isFraud.configure(
        Map.of(
            "ksql.functions._global_.key.file", "card-token.key",
            "ksql.functions.card_token.nonsense", "1"));

    assertThat(isFraud.isFraud(2000.0, "Chicago")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lots", "0", "-1", "NaN", "2,000", "1e999999999", "1e-99"})
  void refusesAnAmountThatIsNone(String value) {
    assertThatThrownBy(
            () -> isFraud.configure(Map.of("ksql.functions.is_fraud.amount.threshold", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ksql.functions.is_fraud.amount.threshold = " + value + ": ");
  }

  @Test
  void namesTheSettingOfAllFunctionsThatIsWrong() {
    assertThatThrownBy(
            () ->
                isFraud.configure(Map.of("ksql.functions._global_.away.amount.threshold", "much")))
        .hasMessageStartingWith("ksql.functions._global_.away.amount.threshold = much: ");
  }

  @Test
  void suggestsTheSettingThatWasMeant() {
    assertThatThrownBy(
            () -> isFraud.configure(Map.of("ksql.functions.is_fraud.amount.treshold", "100")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ksql.functions.is_fraud.amount.treshold is no setting of this function:"
                + " did you mean ksql.functions.is_fraud.amount.threshold?");
  }
}
