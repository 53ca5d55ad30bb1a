package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Each record is one that was decided; the pipeline's own limits are in PipelineTest. */
class RepetitionsTest {

  private static final long NOON = Instant.parse("2026-01-02T12:00:00Z").toEpochMilli();
  private static final String CARD = "4242424242424242";

  private final Repetitions repetitions = new Repetitions(Map.of());
  private long offset;

  @Test
  void findsNoReasonWhereTheCardShouldHaveKnownTheId() {
    repetitions.note("a");
    pay("a", CARD, 0, 0, "10.00");
    pay("b", CARD, 0, 1, "10.00");
    pay("a", CARD, 0, 0, "10.00");

    assertThat(repetitions.explained()).isZero();
    assertThat(repetitions.unexplained()).isEqualTo(new Ids(1, List.of("a")));
    assertThat(repetitions.sentences())
        .containsExactly(
            "a was decided twice, from offset 0 of partition 0 of in and from offset 2 of"
                + " partition 0 of in: nothing that the ledger knows of is the reason.");
  }

  @Test
  void knowsByWhatItSaysOneThatIsOverADayOld() {
    repetitions.note("a");
    pay("a", CARD, 0, 0, "10.00");
    pay("b", CARD, 0, 72, "10.00");
    pay("a", CARD, 0, 0, "10.00");
    assertThat(repetitions.explained()).isZero();

    pay("a", CARD, 0, 0, "10.01");
    assertThat(repetitions.explained()).isEqualTo(1);
    assertThat(repetitions.sentences().get(1)).contains("over a day older");
  }

  @Test
  void tellsPartitionsAndForgottenPersonsAndBusyCards() {
    for (String id : Set.of("p", "forgotten", "many")) {
      repetitions.note(id);
    }
    pay("p", CARD, 0, 0, "10.00");
    pay("p", CARD, 1, 0, "10.00");
    assertThat(repetitions.sentences().get(0)).contains("several partitions");

    pay("forgotten", CARD, 0, 0, "10.00");
    pay("forgotten", CARD, 0, 0, "10.00");
    assertThat(repetitions.sentences().get(1)).contains("a person asked for it");

    pay("many", CARD, 0, 0, "10.00");
    for (int i = 0; i < 1_000; i++) {
      pay("x" + i, CARD, 0, 1, "10.00");
    }
    pay("many", CARD, 0, 0, "10.00");
    assertThat(repetitions.sentences().get(2)).contains("so many payments");
    assertThat(repetitions.explained()).isEqualTo(3);
  }

  @Test
  void goesByWhatTheSqlServersPropertiesSay() {
    Repetitions hours = new Repetitions(Map.of("ksql.functions.card_features.grace.ms", "3600000"));
    hours.note("a");
    for (ConsumerRecord<byte[], byte[]> each :
        List.of(
            record("a", CARD, 0, 0, "10.00"),
            record("b", CARD, 0, 2, "10.00"),
            record("a", CARD, 0, 0, "10.01"))) {
      InputTransaction transaction = InputTransaction.parse(each.value(), NOON).orElseThrow();
      hours.follow(each, transaction);
      hours.add(each, transaction, id -> false);
    }

    assertThat(hours.explained()).isEqualTo(1);
  }

  private void pay(String id, String card, int partition, int hours, String amount) {
    ConsumerRecord<byte[], byte[]> each = record(id, card, partition, hours, amount);
    InputTransaction transaction =
        InputTransaction.parse(each.value(), Long.MAX_VALUE / 2).orElseThrow();
    repetitions.follow(each, transaction);
    repetitions.add(each, transaction, "forgotten"::equals);
  }

  private ConsumerRecord<byte[], byte[]> record(
      String id, String card, int partition, int hours, String amount) {
    String value =
        """
        {"transaction_id":"%s","card_number":"%s","customer_id":"C1","customer_age":42,
         "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":%s,"currency":"USD",
         "merchant_id":"M1","mcc":"5411","channel":"chip","merchant":"Shop",
         "merchant_category":"grocery","location":{"city":"Chicago","state":"IL","country":"US",
         "lat":41.88,"lon":-87.63},"location_risk_score":0.12,"timestamp":%d}\
        """
            .formatted(id, card, amount, NOON + Duration.ofHours(hours).toMillis());
    return new ConsumerRecord<>(
        "in", partition, offset++, null, value.getBytes(StandardCharsets.UTF_8));
  }
}
