package dev.flagstream.udf.model;

import hex.genmodel.algos.tree.SharedTreeGraph;
import hex.genmodel.algos.tree.SharedTreeMojoModel;
import hex.genmodel.algos.tree.SharedTreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows of all kinds of values: usual ones, missing, infinite, signed zeros, and at thresholds. */
final class TestRows {

  private static final double[] RARE = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Float.MAX_VALUE,
    Float.MIN_VALUE
  };

  private final Random random;
  private final List<List<Float>> thresholdsByFeature = new ArrayList<>();

  TestRows(TestModel.Oracle oracle, int features, long seed) {
    random = new Random(seed);
    for (int feature = 0; feature < features; feature++) {
      thresholdsByFeature.add(new ArrayList<>());
    }
    if (oracle.model() instanceof SharedTreeMojoModel trees) {
      SharedTreeGraph graph = trees.computeGraph(-1);
      graph.subgraphArray.stream()
          .flatMap(tree -> tree.nodesArray.stream())
          .filter(node -> !node.isLeaf())
          .forEach(this::addThreshold);
    }
  }

  private void addThreshold(SharedTreeNode node) {
    if (!Float.isNaN(node.getSplitValue())) {
      thresholdsByFeature.get(node.getColId()).add(node.getSplitValue());
    }
  }

  double[] next() {
    double[] row = new double[thresholdsByFeature.size()];
    for (int feature = 0; feature < row.length; feature++) {
      row[feature] = value(feature);
    }
    return row;
  }

  private double value(int feature) {
    List<Float> thresholds = thresholdsByFeature.get(feature);
    int kind = random.nextInt(10);
    if (kind == 0) {
      return RARE[random.nextInt(RARE.length)];
    }
    if (kind <= 3 && !thresholds.isEmpty()) {
      double threshold = thresholds.get(random.nextInt(thresholds.size()));
      return switch (random.nextInt(3)) {
        case 0 -> threshold;
        case 1 -> Math.nextUp(threshold);
        default -> Math.nextDown(threshold);
      };
    }
    return switch (feature % 4) {
      case 0 -> Math.exp(2 * random.nextGaussian());
      case 1 -> random.nextInt(12);
      case 2 -> random.nextGaussian();
      default -> random.nextInt(400) / 100.0;
    };
  }
}
