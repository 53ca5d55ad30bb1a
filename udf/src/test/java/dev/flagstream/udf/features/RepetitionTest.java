package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.ksql.function.udaf.Udaf;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** A card that knows where its transactions are in the input topic tells an id that comes again. */
class RepetitionTest {

  private static final long T = Instant.parse("2025-11-20T12:00:00Z").toEpochMilli();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final String REPEATED = "REPEATED transaction_id";
  private static final String REUSED = "REUSED transaction_id";

  private static final Schema ARGUMENT =
      SchemaBuilder.struct()
          .field("TRANSACTION", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("SOURCE_PARTITION", Schema.OPTIONAL_INT32_SCHEMA)
          .field("SOURCE_OFFSET", Schema.OPTIONAL_INT64_SCHEMA)
          .optional()
          .build();

  private final Udaf<Struct, ByteBuffer, ByteBuffer> function =
      CardFeatures.cardFeaturesOfArrivals();
  private final RepetitionReason repetition = new RepetitionReason();
  private final UnpackCardFeatures unpack = new UnpackCardFeatures();
  private ByteBuffer state = function.initialize();

  @Test
  void doesNotMeasureWhatAnEarlierRecordSaidAlready() {
    assertThat(arrive("a", T, "10.00", 0, 5)).isNull();
    assertThat(count()).isEqualTo(1.0);

    assertThat(arrive("a", T, "10.00", 0, 6)).isEqualTo(REPEATED);
    assertThat(count()).isNull();

    assertThat(arrive("b", T + 1, "10.00", 0, 7)).isNull();
    assertThat(count()).isEqualTo(2.0);
  }

  @Test
  void tellsAnIdThatIsUsedForSomethingElse() {
    arrive("a", T, "10.00", 0, 5);

    assertThat(arrive("a", T, "10.01", 0, 6)).isEqualTo(REUSED);
    assertThat(arrive("a", T + 1, "10.00", 0, 7)).isEqualTo(REUSED);
    assertThat(arrive("b", T + 1, "10.00", 0, 8)).isNull();
    assertThat(count()).isEqualTo(2.0);
  }

  /** As after a crash of a server that works at least once: nothing may be lost for it. */
  @Test
  void measuresTheSameRecordAgainHoweverManyHaveBeenSeenSince() {
    arrive("a", T, "10.00", 0, 5);
    arrive("b", T + 1, "20.00", 0, 6);

    assertThat(arrive("a", T, "10.00", 0, 5)).isNull();
    assertThat(count()).isEqualTo(1.0);
    assertThat(arrive("b", T + 1, "20.00", 0, 6)).isNull();
    assertThat(count()).isEqualTo(2.0);
    assertThat(arrive("a", T, "10.00", 0, 7)).isEqualTo(REPEATED);
    // And that record again: it is not behind itself.
    assertThat(arrive("a", T, "10.00", 0, 7)).isNull();
  }

  @Test
  void isNotCertainWithoutAPlaceOrOfAnotherPartition() {
    arrive("a", T, "10.00", 0, 5);

    assertThat(arrive("a", T, "10.00", null, null)).isNull();
    assertThat(arrive("a", T, "10.00", 1, 9L)).isNull();
    assertThat(arrive("a", T, "10.00", 1, 10L)).isEqualTo(REPEATED);
    assertThat(count()).isNull();
    arrive("b", T, "10.00", 1, 11);
    assertThat(count()).isEqualTo(2.0);
  }

  @Test
  void knowsByWhatItSaysOneWhoseIdIsNoLongerKept() {
    arrive("old", T, "10.00", 0, 1);
    for (int day = 1; day <= 5; day++) {
      arrive("day" + day, T + day * DAY_MS, "20.00", 0, 1 + day);
    }

    assertThat(arrive("old", T, "10.00", 0, 10)).isEqualTo(REPEATED);
    assertThat(arrive("old", T, "11.00", 0, 11)).as("too late to be known").isNull();
  }

  @Test
  void saysNothingOfWhatIsNoState() {
    assertThat(repetition.repetitionReason(null)).isNull();
    assertThat(repetition.repetitionReason(ByteBuffer.allocate(0))).isNull();
    assertThat(repetition.repetitionReason(ByteBuffer.wrap(new byte[] {9, 9, 9}))).isNull();
    assertThat(repetition.repetitionReason(ByteBuffer.wrap(new byte[] {1, 0, 0, 9}))).isNull();
    state = function.aggregate(null, state);
    assertThat(function.map(state)).isNull();
  }

  /** The card's transactions are forgotten with the places up to which they were seen. */
  @Test
  void beginsAnewWhereACardIsForgotten() {
    arrive("a", T, "10.00", 0, 5);
    Struct none =
        new Struct(ARGUMENT)
            .put(
                "TRANSACTION",
                new PackTransaction().packTransaction(new Struct(ValidTransaction.SCHEMA)));

    state = function.aggregate(none, state);

    assertThat(arrive("a", T, "10.00", 0, 6)).isNull();
    assertThat(count()).isEqualTo(1.0);
  }

  /** The reason that a record is given. */
  private String arrive(String id, long timeMs, String amount, int partition, long offset) {
    return arrive(id, timeMs, amount, Integer.valueOf(partition), Long.valueOf(offset));
  }

  private String arrive(String id, long timeMs, String amount, Integer partition, Long offset) {
    Struct transaction =
        new Struct(ValidTransaction.SCHEMA)
            .put("TRANSACTION_ID", id)
            .put("AMOUNT", new BigDecimal(amount))
            .put("EVENT_TIME", timeMs);
    Struct argument =
        new Struct(ARGUMENT)
            .put("TRANSACTION", new PackTransaction().packTransaction(transaction))
            .put("SOURCE_PARTITION", partition)
            .put("SOURCE_OFFSET", offset);
    state = function.aggregate(argument, state);
    return repetition.repetitionReason(function.map(state));
  }

  private Double count() {
    return unpack.unpackCardFeatures(function.map(state)).getFloat64("card_count_1h");
  }
}
