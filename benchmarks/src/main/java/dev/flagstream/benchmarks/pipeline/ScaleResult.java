package dev.flagstream.benchmarks.pipeline;

import java.util.List;
import java.util.SortedMap;

/**
 * What a line cost. Of several servers: all of them together.
 *
 * @param setup what was measured
 * @param cards how many had paid when counting began: fewer than wanted if the time was over
 * @param payments how many payments each had then in its window
 * @param serverMicros CPU of the servers, in microseconds a transaction
 * @param brokerMicros CPU of the broker
 * @param perSecond transactions a second
 * @param residentMib memory of the servers at the end, in MiB
 * @param stateBytes what the state folders took, then or after an orderly stop, when nothing is in
 *     memory alone, whichever is more
 * @param restoreSeconds from the start of servers without their state until all of {@link
 *     ScaleRun#PROBES} new transactions were decided
 * @param restoreCpuSeconds CPU of the servers until then
 * @param shares of the servers' CPU, one by one; their sum is 1
 * @param bytesIn written to each topic, a transaction
 * @param bytesOut read from each topic, a transaction
 */
record ScaleResult(
    ScaleSetup setup,
    long cards,
    long payments,
    double serverMicros,
    double brokerMicros,
    double perSecond,
    double residentMib,
    long stateBytes,
    double restoreSeconds,
    double restoreCpuSeconds,
    List<Double> shares,
    SortedMap<String, Double> bytesIn,
    SortedMap<String, Double> bytesOut) {

  private static final String CHANGELOG = "-changelog";

  /** Bytes written to all changelogs, a transaction. */
  double changelogBytes() {
    return sum(bytesIn, true);
  }

  /** Bytes written to all other topics, the input included, a transaction. */
  double topicBytes() {
    return sum(bytesIn, false);
  }

  /** Bytes read from all topics, a transaction. */
  double readBytes() {
    return sum(bytesOut, true) + sum(bytesOut, false);
  }

  /** A row of the changelog of cards, in bytes: the state of one card with its key. */
  double cardRowBytes() {
    return bytesIn.entrySet().stream()
        .filter(topic -> topic.getKey().endsWith(CHANGELOG))
        .filter(topic -> topic.getKey().contains("CTAS_CARD_FEATURES"))
        .mapToDouble(topic -> topic.getValue())
        .sum();
  }

  private static double sum(SortedMap<String, Double> bytes, boolean changelogs) {
    return bytes.entrySet().stream()
        .filter(topic -> topic.getKey().endsWith(CHANGELOG) == changelogs)
        .mapToDouble(topic -> topic.getValue())
        .sum();
  }
}
