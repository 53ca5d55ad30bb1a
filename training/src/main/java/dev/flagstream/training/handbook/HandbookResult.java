package dev.flagstream.training.handbook;

import dev.flagstream.training.metrics.CardDays;
import dev.flagstream.training.metrics.Ranking;
import dev.flagstream.training.table.FeatureTable;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The three figures of the Handbook.
 *
 * @param aucRoc area under the ROC curve
 * @param averagePrecision as scikit-learn defines it
 * @param cardPrecisionAt100 mean of the days of the test
 */
public record HandbookResult(double aucRoc, double averagePrecision, double cardPrecisionAt100) {

  private static final int CARDS = 100;

  static HandbookResult of(FeatureTable test, double[] scores) {
    Ranking ranking = Ranking.of(scores, test.labels());
    return new HandbookResult(
        ranking.aucRoc(),
        ranking.averagePrecision(),
        CardDays.of(test.rows(), scores).precisionAt(CARDS));
  }

  static HandbookResult mean(List<HandbookResult> results) {
    return new HandbookResult(
        mean(results, HandbookResult::aucRoc),
        mean(results, HandbookResult::averagePrecision),
        mean(results, HandbookResult::cardPrecisionAt100));
  }

  /** The sample standard deviation of each figure; at least two results. */
  static HandbookResult deviation(List<HandbookResult> results) {
    return new HandbookResult(
        deviation(results, HandbookResult::aucRoc),
        deviation(results, HandbookResult::averagePrecision),
        deviation(results, HandbookResult::cardPrecisionAt100));
  }

  /** Whether AUC and average precision are no further than that from the other's. */
  boolean isWithin(double distance, HandbookResult other) {
    return Math.abs(aucRoc - other.aucRoc) <= distance
        && Math.abs(averagePrecision - other.averagePrecision) <= distance;
  }

  private static double mean(
      List<HandbookResult> results, ToDoubleFunction<HandbookResult> figure) {
    return results.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static double deviation(
      List<HandbookResult> results, ToDoubleFunction<HandbookResult> figure) {
    double mean = mean(results, figure);
    double squares =
        results.stream()
            .mapToDouble(result -> Math.pow(figure.applyAsDouble(result) - mean, 2))
            .sum();
    return Math.sqrt(squares / (results.size() - 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f / %.3f / %.3f", aucRoc, averagePrecision, cardPrecisionAt100);
  }
}
