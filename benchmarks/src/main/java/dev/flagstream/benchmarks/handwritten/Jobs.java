package dev.flagstream.benchmarks.handwritten;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.flagstream.benchmarks.workload.InputTopics;
import dev.flagstream.benchmarks.workload.Workload;
import dev.flagstream.udf.IsFraud;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The workloads as one would write them with the DSL of Kafka Streams. */
public final class Jobs {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** As long as the SQL waits for late records by default. */
  private static final Duration GRACE = Duration.ofHours(24);

  private static final TimestampExtractor EVENT_TIME =
      (message, partitionTimeMs) ->
          message.value() instanceof HandwrittenTransaction transaction
              ? transaction.eventTime()
              : -1;

  private Jobs() {}

  /** The topology of a workload that writes to {@code sink}. */
  public static Topology topology(Workload workload, String sink) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, HandwrittenTransaction> transactions =
        builder.stream(
            InputTopics.TRANSACTIONS,
            Consumed.with(Serdes.String(), HandwrittenJson.serde(HandwrittenTransaction.class))
                .withTimestampExtractor(EVENT_TIME));
    switch (workload) {
      case FILTER -> filter(transactions, sink);
      case WINDOWS -> windows(transactions, sink);
      case JOIN -> join(builder, transactions, sink);
    }
    return builder.build();
  }

  /** A row of FILTER. */
  record Flagged(
      @JsonProperty("TRANSACTION_ID") String transactionId,
      @JsonProperty("AMOUNT") Double amount,
      @JsonProperty("MERCHANT") String merchant,
      @JsonProperty("LOCATION") String location,
      @JsonProperty("EVENT_TIME") long eventTime) {

    static Flagged of(HandwrittenTransaction transaction) {
      return new Flagged(
          transaction.transactionId(),
          transaction.amount(),
          transaction.merchant(),
          transaction.location(),
          transaction.eventTime());
    }
  }

  private static void filter(KStream<String, HandwrittenTransaction> transactions, String sink) {
    IsFraud rule = new IsFraud();
    transactions
        .filter((card, transaction) -> rule.isFraud(transaction.amount(), transaction.location()))
        .mapValues(Flagged::of)
        .to(sink, Produced.with(Serdes.String(), HandwrittenJson.serde(Flagged.class)));
  }

  /** The state of a card's window. */
  record Totals(long count, double total, Double least, Double largest) {

    static final Totals NONE = new Totals(0, 0, null, null);

    Totals plus(double amount) {
      return new Totals(
          count + 1,
          total + amount,
          least == null ? amount : Math.min(least, amount),
          largest == null ? amount : Math.max(largest, amount));
    }
  }

  /** A row of WINDOWS. */
  record CardWindow(
      @JsonProperty("CNT") long count,
      @JsonProperty("TOTAL") double total,
      @JsonProperty("MN") Double least,
      @JsonProperty("MX") Double largest,
      @JsonProperty("WS") long windowStart,
      @JsonProperty("WE") long windowEnd) {}

  private static void windows(KStream<String, HandwrittenTransaction> transactions, String sink) {
    transactions
        .groupByKey(
            Grouped.with(Serdes.String(), HandwrittenJson.serde(HandwrittenTransaction.class)))
        .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
        .aggregate(
            () -> Totals.NONE,
            (card, transaction, totals) -> totals.plus(transaction.amount()),
            Materialized.with(Serdes.String(), HandwrittenJson.serde(Totals.class)))
        .toStream()
        .mapValues(
            (window, totals) ->
                new CardWindow(
                    totals.count(),
                    totals.total(),
                    totals.least(),
                    totals.largest(),
                    window.window().start(),
                    window.window().end()))
        .to(
            sink,
            Produced.with(
                WindowedSerdes.timeWindowedSerdeFrom(String.class, WINDOW.toMillis()),
                HandwrittenJson.serde(CardWindow.class)));
  }

  /** What is known of a card. */
  record Card(String homeCity, int risk) {}

  /** A row of JOIN. */
  record Enriched(
      @JsonProperty("TRANSACTION_ID") String transactionId,
      @JsonProperty("AMOUNT") Double amount,
      @JsonProperty("LOCATION") String location,
      @JsonProperty("HOME_CITY") String homeCity,
      @JsonProperty("RISK") int risk) {}

  private static void join(
      StreamsBuilder builder, KStream<String, HandwrittenTransaction> transactions, String sink) {
    Serde<Card> cardSerde = HandwrittenJson.serde(Card.class);
    transactions
        .join(
            builder.table(InputTopics.CARDS, Consumed.with(Serdes.String(), cardSerde)),
            (transaction, card) ->
                new Enriched(
                    transaction.transactionId(),
                    transaction.amount(),
                    transaction.location(),
                    card.homeCity(),
                    card.risk()),
            Joined.with(
                Serdes.String(), HandwrittenJson.serde(HandwrittenTransaction.class), cardSerde))
        .to(sink, Produced.with(Serdes.String(), HandwrittenJson.serde(Enriched.class)));
  }
}
