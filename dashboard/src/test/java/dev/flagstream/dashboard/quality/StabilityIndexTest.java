package dev.flagstream.dashboard.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StabilityIndexTest {

  private static final int SIZE = 5_000;

  @Test
  void isNothingBetweenAlikeAndNextToNothingBetweenSamplesOfTheSame() {
    double[] values = normal(1, 0);

    assertThat(StabilityIndex.of(values, values)).isZero();
    // About ten degrees of freedom times (1/n + 1/n).
    assertThat(StabilityIndex.of(values, normal(2, 0))).isBetween(0.0, 0.02);
  }

  @Test
  void isThatOfTheTextbooksForANormalDistributionThatMoves() {
    // Without parts it is the square of the move; tenths lose a little of it.
    assertThat(StabilityIndex.of(normal(1, 0), normal(2, 0.5))).isCloseTo(0.24, within(0.03));
  }

  @Test
  void seesThatValuesGoMissing() {
    double[] halfMissing = normal(2, 0);
    Arrays.fill(halfMissing, 0, SIZE / 2, Double.NaN);

    assertThat(StabilityIndex.of(normal(1, 0), halfMissing)).isGreaterThan(1);
  }

  @Test
  void takesValuesOfWhichMostAreAlike() {
    double[] zeros = new double[SIZE];
    double[] someOnes = new double[SIZE];
    Arrays.fill(someOnes, 0, SIZE / 5, 1.0);
    double[] missing = new double[SIZE];
    Arrays.fill(missing, Double.NaN);

    assertThat(StabilityIndex.of(zeros, zeros)).isZero();
    assertThat(StabilityIndex.of(someOnes, zeros)).isGreaterThan(0.25);
    assertThat(StabilityIndex.of(missing, missing)).isZero();
  }

  private static double[] normal(long seed, double mean) {
    Random random = new Random(seed);
    return random.doubles(SIZE).map(unused -> mean + random.nextGaussian()).toArray();
  }
}
