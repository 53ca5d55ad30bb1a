package dev.flagstream.local.latency;

import static dev.flagstream.report.PlainText.text;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How long transactions took from the till, which is the time in the transaction: planned by the
 * generator, so that a generator or a broker that stood still counts as waiting.
 *
 * @param toTopic until a reader of the input topic had it
 * @param toDecision until a reader of the scored had the decision
 * @param toStore until a query of MongoDB found the decision
 * @param notFollowed decisions whose way to MongoDB was not followed, since too many were on it
 */
public record LatencyFigures(
    Percentiles toTopic, Percentiles toDecision, Percentiles toStore, long notFollowed) {

  /** Of no transaction at all. */
  public static final LatencyFigures NONE =
      new LatencyFigures(Percentiles.NONE, Percentiles.NONE, Percentiles.NONE, 0);

  private static final long MS_OF_A_LONG_TIME = 10_000;
  private static final double MS_PER_SECOND = 1e3;
  private static final double SECONDS_OF_A_LONG_TIME = 100;

  /** Two figures of each stage, which fit into 80 columns; empty without a transaction. */
  public String line() {
    if (toTopic.count() == 0) {
      return "";
    }
    return "delay p50/p99: topic %s, decision %s, MongoDB %s"
        .formatted(middleAndTail(toTopic), middleAndTail(toDecision), middleAndTail(toStore));
  }

  /** All figures, one line for each stage. */
  public List<String> lines() {
    return List.of(
        line("until in the topic", toTopic),
        line("until decided", toDecision),
        line("until in MongoDB", toStore)
            + (notFollowed == 0 ? "" : text("; %,d were not followed", notFollowed)));
  }

  private static String line(String stage, Percentiles percentiles) {
    if (percentiles.count() == 0) {
      return text("%-18s –", stage);
    }
    return text(
        "%-18s p50 %s, p99 %s, p99.9 %s, max %s",
        stage,
        time(percentiles.p50()),
        time(percentiles.p99()),
        time(percentiles.p999()),
        time(percentiles.max()));
  }

  private static String middleAndTail(Percentiles percentiles) {
    return percentiles.count() == 0
        ? "–"
        : percentiles.figures().stream()
            .limit(2)
            .map(LatencyFigures::seconds)
            .collect(Collectors.joining("/", "", " s"));
  }

  /** Two figures that matter, in as few columns as they take. */
  private static String seconds(long milliseconds) {
    double seconds = milliseconds / MS_PER_SECOND;
    return text(
        seconds < 1 ? "%.2f" : seconds < SECONDS_OF_A_LONG_TIME ? "%.1f" : "%,.0f", seconds);
  }

  private static String time(long milliseconds) {
    return milliseconds < MS_OF_A_LONG_TIME
        ? text("%,d ms", milliseconds)
        : text("%,.1f s", milliseconds / MS_PER_SECOND);
  }
}
