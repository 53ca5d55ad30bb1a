package dev.flagstream.udf.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model of decision trees whose predictions are added: random forest, boosting, isolation forest.
 */
final class Forest implements Model {

  /** What becomes of the sum of the trees' predictions. */
  sealed interface Outcome {

    Algorithm algorithm();

    double score(double sum);

    /** What the additive score is where the sum is 0. */
    double offset();

    /** What the additive score rises by where the sum rises by 1. */
    double scale();
  }

  /** The mean of the trees, which H2O's random forest makes the probability of class 0. */
  record Averaged(int trees, Optional<ClassBalance> balance) implements Outcome {

    @Override
    public Algorithm algorithm() {
      return Algorithm.RANDOM_FOREST;
    }

    @Override
    public double score(double sum) {
      double honest = sum / trees;
      double fraud = 1.0 - honest;
      return balance.isPresent() ? balance.get().corrected(honest, fraud) : fraud;
    }

    @Override
    public double offset() {
      return 1;
    }

    @Override
    public double scale() {
      return -1.0 / trees;
    }
  }

  /** Log odds, to which the trees add. */
  record Boosted(double initialLogOdds, Optional<ClassBalance> balance) implements Outcome {

    @Override
    public Algorithm algorithm() {
      return Algorithm.BOOSTING;
    }

    @Override
    public double score(double sum) {
      double fraud = Logistic.cappedProbability(sum + initialLogOdds);
      return balance.isPresent() ? balance.get().corrected(1.0 - fraud, fraud) : fraud;
    }

    @Override
    public double offset() {
      return initialLogOdds;
    }

    @Override
    public double scale() {
      return 1;
    }
  }

  /**
   * The length of the paths that isolate the row, between the longest (score 0) and the shortest
   * (score 1) seen in training. A row of neither is outside of 0 to 1.
   */
  record Isolated(int minPathLength, int maxPathLength) implements Outcome {

    @Override
    public Algorithm algorithm() {
      return Algorithm.ISOLATION_FOREST;
    }

    @Override
    public double score(double sum) {
      return maxPathLength > minPathLength
          ? (maxPathLength - sum) / (maxPathLength - minPathLength)
          : 1;
    }

    @Override
    public double offset() {
      return score(0);
    }

    @Override
    public double scale() {
      return maxPathLength > minPathLength ? -1.0 / (maxPathLength - minPathLength) : 0;
    }
  }

  private final List<String> features;
  private final PackedTrees trees;
  private final Outcome outcome;
  private final double baseline;

  Forest(List<String> features, PackedTrees trees, Outcome outcome) {
    this.features = List.copyOf(features);
    this.trees = trees;
    this.outcome = outcome;
    this.baseline = outcome.offset() + outcome.scale() * trees.sumOfMeans();
  }

  @Override
  public Algorithm algorithm() {
    return outcome.algorithm();
  }

  @Override
  public List<String> features() {
    return features;
  }

  @Override
  public double score(double[] row) {
    return outcome.score(trees.sum(row));
  }

  @Override
  public double explain(double[] row, double[] contributions) {
    Arrays.fill(contributions, 0);
    return outcome.score(trees.attribute(row, outcome.scale(), contributions));
  }

  @Override
  public double baseline() {
    return baseline;
  }

  @Override
  public double additiveScore(double[] row) {
    return outcome.offset() + outcome.scale() * trees.sum(row);
  }
}
