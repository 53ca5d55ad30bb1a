package dev.flagstream.training.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureHistogramsTest {

  @Test
  void eachPartHoldsATenthOfTheValuesAndTheMissingOnesAreCounted() {
    double[] values = new double[105];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 100 ? i : Double.NaN;
    }

    FeatureHistograms.Histogram histogram = of(values);

    assertThat(histogram.edges())
        .containsExactly(10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0);
    assertThat(histogram.counts()).hasSize(10).containsOnly(10L);
    assertThat(histogram.missing()).isEqualTo(5);
  }

  @Test
  void yesAndNoAreAPartEachHoweverRareOneIs() {
    double[] values = new double[100];
    values[7] = 1;

    assertThat(of(values))
        .isEqualTo(new FeatureHistograms.Histogram(0, List.of(1.0), List.of(99L, 1L)));
    assertThat(of(3, 3, 3)).isEqualTo(new FeatureHistograms.Histogram(0, List.of(), List.of(3L)));
  }

  @Test
  void whereNearlyAllAreAlikeTheOthersAreAPart() {
    double[] values = new double[1_000];
    for (int i = 0; i < 20; i++) {
      values[i] = 0.5 + i;
    }

    assertThat(of(values))
        .isEqualTo(new FeatureHistograms.Histogram(0, List.of(0.5), List.of(980L, 20L)));
  }

  @Test
  void aFeatureWithoutValuesHasOnlyMissingOnes() {
    assertThat(of(Double.NaN, Double.NaN))
        .isEqualTo(new FeatureHistograms.Histogram(2, List.of(), List.of(0L)));
  }

  private static FeatureHistograms.Histogram of(double... values) {
    FeatureTable table =
        new FeatureTable(
            List.of("amount"),
            IntStream.range(0, values.length)
                .mapToObj(i -> new Example(i, null, false, i, null, 1, new double[] {values[i]}))
                .toList());
    FeatureHistograms all = FeatureHistograms.of(table);
    assertThat(all.rows()).isEqualTo(values.length);
    return all.features().get("amount");
  }
}
