package dev.flagstream.dashboard.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.dashboard.http.UnusableRequestException;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

  @Test
  void isReadAsItWasWrittenWhateverTheId() {
    Document transaction =
        new Document("_id", "a~b")
            .append("event_time", Date.from(Instant.ofEpochMilli(1_700_000_000_123L)))
            .append("amount", Decimal128.parse("10.00"))
            .append("fraud_probability", 0.5);

    assertThat(Place.inTime(Place.behind(transaction, CaseOrder.NEWEST)))
        .isEqualTo(new Place<>(Instant.ofEpochMilli(1_700_000_000_123L), "a~b"));
    assertThat(Place.inLoss(Place.behind(transaction, CaseOrder.RISKIEST)).value())
        .isEqualByComparingTo("5.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "~id", "soon~id"})
  void refusesWhatNoPageHasGiven(String text) {
    assertThatThrownBy(() -> Place.inTime(text))
        .isInstanceOf(UnusableRequestException.class)
        .hasMessageContaining("begin at the first page");
  }
}
