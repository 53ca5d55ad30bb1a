package dev.flagstream.udf.model;

/** Turns log odds into probabilities. */
final class Logistic {

  /** H2O's boosting caps the odds here. */
  private static final double MAX_ODDS_AGAINST = 1e19;

  private Logistic() {}

  /** As H2O's logistic regression computes it. */
  static double probability(double logOdds) {
    return 1.0 / (Math.exp(-logOdds) + 1.0);
  }

  /** As H2O's boosting computes it: never below 1e-19. */
  static double cappedProbability(double logOdds) {
    return 1.0 / (1.0 + Math.min(MAX_ODDS_AGAINST, Math.exp(-logOdds)));
  }
}
