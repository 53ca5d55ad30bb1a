package dev.flagstream.local.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is read of a decision, in whatever order its fields stand. */
class ScoredRecordTest {

  private static ScoredRecord parse(String json) {
    return ScoredRecord.parse(
        new ConsumerRecord<>("scored_transactions", 3, 7, null, json.getBytes(UTF_8)));
  }

  @Test
  void readsTheVerdictAndNothingBehindIt() {
    assertThat(
            parse(
                """
                {"TRANSACTION_ID": "t1", "LOCATION": {"IS_FRAUD": false}, "IS_FRAUD": true,
                 "FRAUD_SCORE": 0.5, "FRAUD_THRESHOLD": 0.25, "FEATURES": cut off"""))
        .isEqualTo(new ScoredRecord("t1", true, 0.5, 0.25));
  }

  @Test
  void readsFieldsInAnyOrder() {
    ScoredRecord record =
        parse(
            """
            {"FRAUD_THRESHOLD": 0.5, "FEATURES": {"A": 1}, "FRAUD_SCORE": 0.25, "IS_FRAUD": false,
             "TRANSACTION_ID": "t1"}""");

    assertThat(record).isEqualTo(new ScoredRecord("t1", false, 0.25, 0.5));
    assertThat(record.isAlert()).isFalse();
  }

  @Test
  void takesWhatIsNullOrMissingForNothing() {
    assertThat(parse("{\"TRANSACTION_ID\": null, \"FRAUD_SCORE\": null}"))
        .isEqualTo(new ScoredRecord("", false, Double.NaN, Double.NaN));
  }

  @Test
  void namesThePlaceOfWhatIsNoJson() {
    assertThatThrownBy(() -> parse("{\"TRANSACTION_ID\": oops"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Offset 7 of partition 3 of scored_transactions is not JSON");
  }
}
