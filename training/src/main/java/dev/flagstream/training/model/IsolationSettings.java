package dev.flagstream.training.model;

/**
 * An isolation forest: scores how few splits it takes to isolate a row, without any label.
 *
 * @param trees how many
 * @param sampleSize how many rows a tree sees
 * @param maxDepth of a tree
 */
public record IsolationSettings(int trees, int sampleSize, int maxDepth) implements ModelSettings {

  @Override
  public String algorithm() {
    return "isolationforest";
  }

  @Override
  public String missing() {
    return "goes the way each split learned for missing values";
  }

  @Override
  public boolean supervised() {
    return false;
  }

  @Override
  public double fraudWeight() {
    return 1;
  }
}
