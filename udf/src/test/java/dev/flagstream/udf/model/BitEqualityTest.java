package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our scores beside h2o-genmodel's. */
class BitEqualityTest {

  private static final int ROWS = 20_000;

  @ParameterizedTest
  @EnumSource
  void scoresAsGenmodelToTheLastBit(TestModel model) {
    Model ours = model.ours();
    TestModel.Oracle oracle = model.oracle();
    TestRows rows = new TestRows(oracle, ours.features().size(), 42);
    for (int index = 0; index < ROWS; index++) {
      double[] row = rows.next();

      double score = ours.score(row);

      double expected = oracle.score(row);
      if (Double.doubleToLongBits(score) != Double.doubleToLongBits(expected)) {
        assertThat(score).as("row %d: %s", index, Arrays.toString(row)).isEqualTo(expected);
        throw new AssertionError("other bits of " + score + " in row " + index);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesTheFeaturesAsGenmodelInItsOrder(TestModel model) {
    String[] names = model.oracle().model().getNames();

    assertThat(model.ours().features())
        .containsExactly(Arrays.copyOf(names, model.oracle().model().nfeatures()));
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheRowAsItWas(TestModel model) {
    Model ours = model.ours();
    double[] row = new double[ours.features().size()];
    Arrays.fill(row, Double.NaN);

    ours.score(row);
    ours.explain(row, new double[row.length]);

    assertThat(row).containsOnly(Double.NaN);
  }

  @ParameterizedTest
  @EnumSource(names = {"FOREST", "BOOSTING", "ISOLATION", "LOGISTIC"})
  void giveManyDifferentScores(TestModel model) {
    // Else equality would show little.
    Model ours = model.ours();
    TestRows rows = new TestRows(model.oracle(), ours.features().size(), 43);

    assertThat(
            IntStream.range(0, 1000).mapToDouble(row -> ours.score(rows.next())).distinct().count())
        .isGreaterThan(50);
  }
}
