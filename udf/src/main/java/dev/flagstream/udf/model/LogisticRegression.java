package dev.flagstream.udf.model;

import java.util.List;

/** Log odds that are a weighted sum of the features. Weights are those of unstandardized values. */
final class LogisticRegression implements Model {

  private final List<String> features;
  private final double[] weights;
  private final double intercept;
  private final double[] means;
  private final boolean missingIsMean;
  private final double baseline;

  /**
   * Takes the coefficients.
   *
   * @param means what contributions are measured from: those of the features in training, or zeros
   *     where the model does not tell them
   * @param missingIsMean whether a missing value counts as the mean; else the score is NaN
   */
  LogisticRegression(
      List<String> features,
      double[] weights,
      double intercept,
      double[] means,
      boolean missingIsMean) {
    this.features = List.copyOf(features);
    this.weights = weights.clone();
    this.intercept = intercept;
    this.means = means.clone();
    this.missingIsMean = missingIsMean;
    this.baseline = additiveScore(means);
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.LOGISTIC_REGRESSION;
  }

  @Override
  public List<String> features() {
    return features;
  }

  @Override
  public double score(double[] row) {
    return Logistic.probability(additiveScore(row));
  }

  @Override
  public double additiveScore(double[] row) {
    double logOdds = 0;
    for (int feature = 0; feature < weights.length; feature++) {
      logOdds += weights[feature] * value(row, feature);
    }
    return logOdds + intercept;
  }

  @Override
  public double explain(double[] row, double[] contributions) {
    for (int feature = 0; feature < weights.length; feature++) {
      contributions[feature] = weights[feature] * (value(row, feature) - means[feature]);
    }
    return score(row);
  }

  @Override
  public double baseline() {
    return baseline;
  }

  private double value(double[] row, int feature) {
    double value = row[feature];
    return missingIsMean && Double.isNaN(value) ? means[feature] : value;
  }
}
