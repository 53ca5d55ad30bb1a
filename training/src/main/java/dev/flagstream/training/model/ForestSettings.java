package dev.flagstream.training.model;

/**
 * A random forest (H2O's DRF).
 *
 * @param trees how many
 * @param maxDepth of a tree
 * @param minRows the fewest rows of a leaf
 * @param featuresPerSplit how many are tried at a split; -1 for the square root of their number
 * @param sampleRate the share of the rows that a tree sees, drawn without replacement
 * @param bins of a feature's histogram at a node
 * @param topLevelBins of a feature's histogram at the root; halved a level down to {@code bins}
 * @param fraudWeight how much a fraud weighs against an honest transaction's 1
 */
public record ForestSettings(
    int trees,
    int maxDepth,
    double minRows,
    int featuresPerSplit,
    double sampleRate,
    int bins,
    int topLevelBins,
    double fraudWeight)
    implements ModelSettings {

  @Override
  public String algorithm() {
    return "drf";
  }

  @Override
  public String missing() {
    return "goes the way each split learned for missing values";
  }
}
