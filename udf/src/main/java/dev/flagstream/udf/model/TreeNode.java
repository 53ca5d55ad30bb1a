package dev.flagstream.udf.model;

/** A node of a decision tree, as training left it. */
sealed interface TreeNode {

  /** Sum of the weights of the training rows that came here; rows have weight 1 by default. */
  double weight();

  /** The mean prediction of the training rows that came here. */
  double mean();

  /** How many decisions are between here and the deepest leaf. */
  int depth();

  /** How many nodes there are from here on, this one included. */
  int size();

  /** The end of a path. */
  record Leaf(float value, double weight) implements TreeNode {

    @Override
    public double mean() {
      return value;
    }

    @Override
    public int depth() {
      return 0;
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** Where a row whose value is missing goes. */
  enum Missing {
    LEFT,
    RIGHT,
    /** It alone goes right; whatever has a value goes left. */
    ALONE_RIGHT
  }

  /**
   * A decision: right if the row's value is at least the threshold, else left.
   *
   * @param threshold not looked at where only missing values go right
   */
  record Split(
      int feature,
      float threshold,
      Missing missing,
      TreeNode left,
      TreeNode right,
      double weight,
      double mean,
      int depth,
      int size)
      implements TreeNode {

    /**
     * Weight and mean come from the leaves upwards: those that H2O writes for inner nodes of a
     * random forest are not those of its leaves.
     */
    static Split of(int feature, float threshold, Missing missing, TreeNode left, TreeNode right) {
      double weight = left.weight() + right.weight();
      double mean =
          weight > 0
              ? (left.weight() * left.mean() + right.weight() * right.mean()) / weight
              : (left.mean() + right.mean()) / 2;
      return new Split(
          feature,
          threshold,
          missing,
          left,
          right,
          weight,
          mean,
          1 + Math.max(left.depth(), right.depth()),
          1 + left.size() + right.size());
    }
  }
}
