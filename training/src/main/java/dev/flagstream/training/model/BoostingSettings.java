package dev.flagstream.training.model;

/**
 * Gradient boosting of trees on the logistic loss (H2O's GBM).
 *
 * @param trees how many
 * @param maxDepth of a tree
 * @param minRows the fewest rows of a leaf
 * @param learnRate how much of a tree's correction is taken
 * @param sampleRate the share of the rows that a tree sees
 * @param featureRate the share of the features that a split sees
 * @param maxLeaf the largest correction of a leaf: at few frauds in a thousand, leaves without a
 *     fraud would grow without bound
 * @param bins of a feature's histogram at a node
 * @param fraudWeight how much a fraud weighs against an honest transaction's 1
 */
public record BoostingSettings(
    int trees,
    int maxDepth,
    double minRows,
    double learnRate,
    double sampleRate,
    double featureRate,
    double maxLeaf,
    int bins,
    double fraudWeight)
    implements ModelSettings {

  @Override
  public String algorithm() {
    return "gbm";
  }

  @Override
  public String missing() {
    return "goes the way each split learned for missing values";
  }
}
