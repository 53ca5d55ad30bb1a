package dev.flagstream.udf.model;

import java.util.List;

/**
 * A fitted model of numeric features. Immutable and thread-safe. Scoring allocates nothing but,
 * once per thread, its working memory.
 */
public sealed interface Model permits Forest, LogisticRegression {

  /** The kind of model. */
  Algorithm algorithm();

  /** The names of the features, in the order of a row. */
  List<String> features();

  /**
   * The raw score of a row, equal to h2o-genmodel's to the last bit: the probability of class 1, or
   * of an isolation forest the normalized anomaly score.
   *
   * @param row one value a feature, NaN where it is missing; left as it is
   */
  double score(double[] row);

  /**
   * What each feature adds to the {@linkplain #additiveScore additive score} of a row, beginning
   * from {@link #baseline()}; and the score, which costs next to nothing more.
   *
   * @param row one value a feature, NaN where it is missing; left as it is
   * @param contributions filled, one value a feature
   * @return what {@link #score} gives for the row, to the last bit
   */
  double explain(double[] row, double[] contributions);

  /** The additive score of an average row of the training data, before any feature is looked at. */
  double baseline();

  /**
   * The score on the scale on which features add up: of boosting and logistic regression the log
   * odds, of a random forest the probability before a correction of class balance, of an isolation
   * forest the score itself.
   */
  double additiveScore(double[] row);
}
