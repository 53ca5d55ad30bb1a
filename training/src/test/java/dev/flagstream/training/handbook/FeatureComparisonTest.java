package dev.flagstream.training.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureComparisonTest {

  private final FeatureComparison comparison = new FeatureComparison(List.of("amount", "night"));

  @Test
  void takesTheLastBitsForEqualAndMissingForMissing() {
    comparison.compare("t1", new double[] {1e6, Double.NaN}, new double[] {1e6 + 1e-4, Double.NaN});

    assertThat(comparison.isEqual()).isTrue();
    assertThat(comparison.summary(1)).contains("1 rows of 2 features", "0 differ");
  }

  @Test
  void namesTheFirstRowAndFeatureThatDiffers() {
    comparison.compare("t1", new double[] {1, 0}, new double[] {1, 0});
    comparison.compare("t2", new double[] {1, 0}, new double[] {1, 1e-8});
    comparison.compare("t3", new double[] {Double.NaN, 0}, new double[] {0, 0});

    assertThat(comparison.isEqual()).isFalse();
    assertThat(comparison.summary(3)).contains("2 differ", "first: t2, night: 0.0 and 1.0E-8");
  }

  @Test
  void nothingComparedIsNotEqual() {
    assertThat(comparison.isEqual()).isFalse();
    assertThatThrownBy(() -> comparison.summary(1)).hasMessage("0 of 1 rows were compared");
  }
}
