package dev.flagstream.benchmarks.pipeline;

import static dev.flagstream.report.PlainText.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How a cost grows, told in sentences that are made from the figures alone. */
final class ScaleLaw {

  private static final double PERCENT = 100;

  /** Below it, a change of a single run says nothing. */
  private static final double NOISE = 0.05;

  /** What is told of each axis. */
  private static final List<Cost> COSTS =
      List.of(
          new Cost("CPU of the server a transaction", ScaleResult::serverMicros),
          new Cost("CPU of the broker a transaction", ScaleResult::brokerMicros),
          new Cost("Transactions a second", ScaleResult::perSecond),
          new Cost("Bytes to changelogs a transaction", ScaleResult::changelogBytes),
          new Cost("Memory of the server", ScaleResult::residentMib),
          new Cost("State on disk", ScaleResult::stateBytes),
          new Cost("Seconds to be back", ScaleResult::restoreSeconds),
          new Cost("CPU to be back", ScaleResult::restoreCpuSeconds));

  private ScaleLaw() {}

  private record Cost(String words, ToDoubleFunction<ScaleResult> figure) {}

  /**
   * A sentence for each cost.
   *
   * @param results along the axis, in the order of their values
   * @return none if there are fewer than two
   */
  static List<String> sentences(ScaleAxis axis, List<ScaleResult> results) {
    List<String> sentences = new ArrayList<>();
    if (results.size() > 1) {
      for (Cost cost : COSTS) {
        // What is nothing at first has no factor: state that RocksDB has not written yet.
        if (results.stream().allMatch(result -> cost.figure.applyAsDouble(result) > 0)) {
          sentences.add(sentence(axis, results, cost));
        }
      }
    }
    return sentences;
  }

  private static String sentence(ScaleAxis axis, List<ScaleResult> results, Cost cost) {
    ScaleResult first = results.get(0);
    ScaleResult last = results.get(results.size() - 1);
    List<String> steps = new ArrayList<>();
    for (int right = 1; right < results.size(); right++) {
      ScaleResult a = results.get(right - 1);
      ScaleResult b = results.get(right);
      steps.add(
          text(
              "%+.1f %% from %,.0f to %,.0f",
              PERCENT * (perDoubling(axis, cost, a, b) - 1), axis.value(a), axis.value(b)));
    }
    double factor = cost.figure.applyAsDouble(last) / cost.figure.applyAsDouble(first);
    return text(
        "%s: each doubling of the %s changes it by %s; from end to end it is %.2f times as much%s.",
        cost.words,
        axis.words(),
        String.join(", ", steps),
        factor,
        Math.abs(factor - 1) < NOISE ? ", which is within what two runs differ by" : "");
  }

  /** By what a cost is multiplied where the value doubles, between two neighbours. */
  private static double perDoubling(ScaleAxis axis, Cost cost, ScaleResult a, ScaleResult b) {
    double doublings = Math.log(axis.value(b) / axis.value(a)) / Math.log(2);
    return Math.pow(cost.figure.applyAsDouble(b) / cost.figure.applyAsDouble(a), 1 / doublings);
  }

  /**
   * What each further one costs where the cost grows in proportion, by the two ends of an axis.
   *
   * @param figure of a result
   * @return its difference divided by the difference of the axis
   */
  static double slope(
      ScaleAxis axis, List<ScaleResult> results, ToDoubleFunction<ScaleResult> figure) {
    ScaleResult first = results.get(0);
    ScaleResult last = results.get(results.size() - 1);
    return (figure.applyAsDouble(last) - figure.applyAsDouble(first))
        / (axis.value(last) - axis.value(first));
  }
}
