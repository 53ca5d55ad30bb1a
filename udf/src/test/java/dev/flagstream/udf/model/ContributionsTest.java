package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much each feature moved a score. */
class ContributionsTest {

  @ParameterizedTest
  @EnumSource
  void addUpFromTheBaselineToTheScore(TestModel kind) {
    Model model = kind.ours();
    TestRows rows = new TestRows(kind.oracle(), model.features().size(), 7);
    double[] contributions = new double[model.features().size()];
    for (int index = 0; index < 5_000; index++) {
      double[] row = rows.next();
      double score = model.additiveScore(row);
      model.explain(row, contributions);
      double sum = model.baseline() + Arrays.stream(contributions).sum();

      if (Double.isFinite(score)) {
        double size =
            Math.abs(model.baseline()) + Arrays.stream(contributions).map(Math::abs).sum();
        assertThat(sum).isCloseTo(score, within(1e-12 * Math.max(size, Math.abs(score))));
      } else {
        // Infinite or missing values of a linear model.
        assertThat(Double.isFinite(sum)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void comeWithTheScoreToTheLastBit(TestModel kind) {
    Model model = kind.ours();
    TestRows rows = new TestRows(kind.oracle(), model.features().size(), 9);
    double[] contributions = new double[model.features().size()];
    for (int index = 0; index < 5_000; index++) {
      double[] row = rows.next();

      assertThat(Double.doubleToRawLongBits(model.explain(row, contributions)))
          .isEqualTo(Double.doubleToRawLongBits(model.score(row)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FOREST", "ISOLATION", "FOREST_OF_LEAVES"})
  void areOfTheScoreItselfWhereTreesAreAveraged(TestModel kind) {
    Model model = kind.ours();
    TestRows rows = new TestRows(kind.oracle(), model.features().size(), 8);
    for (int index = 0; index < 1_000; index++) {
      double[] row = rows.next();

      assertThat(model.additiveScore(row)).isCloseTo(model.score(row), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOSTING", "LOGISTIC"})
  void areOfTheLogOddsWhereTheScoreIsTheirLogistic(TestModel kind) {
    Model model = kind.ours();
    TestRows rows = new TestRows(kind.oracle(), model.features().size(), 9);
    for (int index = 0; index < 1_000; index++) {
      double[] row = rows.next();
      double logOdds = model.additiveScore(row);

      if (Math.abs(logOdds) < 30) {
        assertThat(1 / (1 + Math.exp(-logOdds))).isCloseTo(model.score(row), within(1e-12));
      }
    }
  }

  @Test
  void weighTheMeanOfABranchByTheRowsOfItsLeaves() {
    // 30 rows of 0, 10 of 1; then 40 rows of 0.25 beside 60 of 0.75: the root's mean is 0.55.
    TreeNode inner =
        TreeNode.Split.of(
            1, 5f, TreeNode.Missing.LEFT, new TreeNode.Leaf(0, 30), new TreeNode.Leaf(1, 10));
    TreeNode root =
        TreeNode.Split.of(0, 2f, TreeNode.Missing.RIGHT, inner, new TreeNode.Leaf(0.75f, 60));
    PackedTrees trees = new PackedTrees(List.of(root));
    double[] contributions = new double[2];

    trees.attribute(new double[] {1, 7}, 1, contributions);

    assertThat(trees.sumOfMeans()).isCloseTo(0.55, within(1e-15));
    assertThat(contributions[0]).isCloseTo(0.25 - 0.55, within(1e-15));
    assertThat(contributions[1]).isCloseTo(1 - 0.25, within(1e-15));
  }

  @Test
  void takeTheWeightsOfLeavesFromTheMojo() {
    Map<String, byte[]> files = TestModel.FOREST.files();
    TreeWeights weights = new TreeWeights(files.get("trees/t00_000_aux.bin"));
    TreeNode tree =
        CompressedTree.read(
            files.get("trees/t00_000.bin"), weights, TestModel.FOREST.ours().features());

    // H2O samples 63.2 % of the 3,000 rows for each tree.
    assertThat(tree.weight()).isBetween(1_700.0, 2_100.0);
    assertThat(tree.mean()).isBetween(0.6, 0.9);
  }
}
