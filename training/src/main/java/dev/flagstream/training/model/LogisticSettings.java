package dev.flagstream.training.model;

/**
 * A logistic regression on standardized features (H2O's GLM).
 *
 * @param lambda the weight of the ridge penalty, against the mean log loss of a row
 * @param fraudWeight how much a fraud weighs against an honest transaction's 1
 */
public record LogisticSettings(double lambda, double fraudWeight) implements ModelSettings {

  @Override
  public String algorithm() {
    return "glm";
  }

  @Override
  public String missing() {
    return "is replaced by the feature's mean over the training rows";
  }
}
