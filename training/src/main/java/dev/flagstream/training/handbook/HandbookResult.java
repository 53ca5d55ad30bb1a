package dev.flagstream.training.handbook;

import dev.flagstream.training.metrics.CardDays;
import dev.flagstream.training.metrics.Ranking;
import dev.flagstream.training.table.FeatureTable;

/**
 * The three figures of the Handbook.
 *
 * @param aucRoc area under the ROC curve
 * @param averagePrecision as scikit-learn defines it
 * @param cardPrecisionAt100 mean of the days of the test
 */
record HandbookResult(double aucRoc, double averagePrecision, double cardPrecisionAt100) {

  private static final int CARDS = 100;

  static HandbookResult of(FeatureTable test, double[] scores) {
    Ranking ranking = Ranking.of(scores, test.labels());
    return new HandbookResult(
        ranking.aucRoc(),
        ranking.averagePrecision(),
        CardDays.of(test.rows(), scores).precisionAt(CARDS));
  }
}
