package dev.flagstream.benchmarks.pipeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results with simple figures, which nothing has measured. */
final class MadeUpResults {

  private static final String CHANGELOG =
      "_confluent-ksql-benchmark_query_CTAS_CARD_FEATURES_5-Aggregate-Materialize-changelog";

  private MadeUpResults() {}

  /**
   * 1,000 bytes of a card's row, 2,000 of decisions written and 4,000 read, 50 µs of the broker.
   */
  static ScaleResult ofCards(int cards, double serverMicros, double restoreSeconds) {
    return new ScaleResult(
        new ScaleSetup(cards, 1, 4, 1, 100, 1_000),
        cards,
        1,
        serverMicros,
        50,
        2_000,
        700,
        cards * 500L,
        restoreSeconds,
        5,
        List.of(1.0),
        new TreeMap<>(Map.of(CHANGELOG, 1_000.0, "scored_transactions", 2_000.0)),
        new TreeMap<>(Map.of("scored_transactions", 4_000.0)));
  }

  /** The same where the time for filling was over before all cards had paid. */
  static ScaleResult stoppedAt(long cards, ScaleResult result) {
    return new ScaleResult(
        result.setup(),
        cards,
        1,
        result.serverMicros(),
        result.brokerMicros(),
        result.perSecond(),
        result.residentMib(),
        result.stateBytes(),
        result.restoreSeconds(),
        result.restoreCpuSeconds(),
        result.shares(),
        result.bytesIn(),
        result.bytesOut());
  }
}
