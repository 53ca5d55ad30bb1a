package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.udf.model.TreeNode.Leaf;
import dev.flagstream.udf.model.TreeNode.Missing;
import dev.flagstream.udf.model.TreeNode.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedTreesTest {

  @Test
  void sendsMissingValuesWhereEachSplitSays() {
    assertThat(sumOfSplit(Missing.LEFT, Double.NaN)).isEqualTo(1);
    assertThat(sumOfSplit(Missing.RIGHT, Double.NaN)).isEqualTo(2);
    assertThat(sumOfSplit(Missing.ALONE_RIGHT, Double.NaN)).isEqualTo(2);
    assertThat(sumOfSplit(Missing.ALONE_RIGHT, Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(sumOfSplit(Missing.LEFT, 10)).isEqualTo(2);
    assertThat(sumOfSplit(Missing.RIGHT, Math.nextDown(10.0))).isEqualTo(1);
  }

  private static double sumOfSplit(Missing missing, double value) {
    return new PackedTrees(List.of(Split.of(0, 10f, missing, new Leaf(1, 1), new Leaf(2, 1))))
        .sum(new double[] {value});
  }

  @Test
  void walksRandomTreesOfDifferentDepthsAsTheNodesSay() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<TreeNode> trees = new ArrayList<>();
      for (int count = 1 + random.nextInt(5); count > 0; count--) {
        trees.add(randomTree(random, random.nextInt(12)));
      }
      PackedTrees packed = new PackedTrees(trees);
      for (int rows = 0; rows < 50; rows++) {
        double[] row = new double[4];
        for (int feature = 0; feature < row.length; feature++) {
          row[feature] = random.nextInt(6) == 0 ? Double.NaN : random.nextInt(9) - 4;
        }
        double expected = 0;
        for (TreeNode tree : trees) {
          expected += leafOf(tree, row).value();
        }

        assertThat(packed.sum(row)).isEqualTo(expected);
      }
    }
  }

  private static TreeNode randomTree(Random random, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return new Leaf(random.nextFloat() - 0.5f, random.nextInt(100));
    }
    Missing missing =
        List.of(Missing.LEFT, Missing.RIGHT, Missing.ALONE_RIGHT).get(random.nextInt(3));
    return Split.of(
        random.nextInt(4),
        random.nextInt(9) - 4,
        missing,
        randomTree(random, depth - 1),
        randomTree(random, depth - 1));
  }

  private static Leaf leafOf(TreeNode node, double[] row) {
    TreeNode at = node;
    while (at instanceof Split split) {
      double value = row[split.feature()];
      boolean right =
          Double.isNaN(value)
              ? split.missing() != Missing.LEFT
              : split.missing() != Missing.ALONE_RIGHT && value >= split.threshold();
      at = right ? split.right() : split.left();
    }
    return (Leaf) at;
  }

  @Test
  void refusesMoreFeaturesThanFit() {
    List<TreeNode> trees = new ArrayList<>();
    for (int feature = 0; feature <= PackedTrees.MAX_FEATURES; feature++) {
      trees.add(Split.of(feature, 0, Missing.LEFT, new Leaf(0, 1), new Leaf(1, 1)));
    }

    assertThat(new PackedTrees(trees.subList(1, trees.size())).sum(new double[trees.size()]))
        .isEqualTo(PackedTrees.MAX_FEATURES);
    assertThatThrownBy(() -> new PackedTrees(trees))
        .hasMessageContaining("use 256 features, more than the 255 supported");
  }
}
