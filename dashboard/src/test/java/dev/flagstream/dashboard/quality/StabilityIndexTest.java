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

    assertThat(index(values, values)).isZero();
    // About ten degrees of freedom times (1/n + 1/n).
    assertThat(index(values, normal(2, 0))).isBetween(0.0, 0.02);
  }

  @Test
  void isThatOfTheTextbooksForANormalDistributionThatMoves() {
    // Without parts it is the square of the move; tenths lose a little of it.
    assertThat(index(normal(1, 0), normal(2, 0.5))).isCloseTo(0.24, within(0.03));
  }

  @Test
  void isWhatTheFormulaSaysOfSharesThatAreKnown() {
    long[] before = {100_000, 200_000, 300_000, 400_000};
    long[] now = {400_000, 300_000, 200_000, 100_000};

    // 2 × (0.3 × ln 4 + 0.1 × ln 1.5), worked out by hand.
    assertThat(StabilityIndex.of(before, now)).isCloseTo(0.912870, within(1e-5));
    assertThat(StabilityIndex.of(now, before)).isCloseTo(0.912870, within(1e-5));
    assertThat(StabilityIndex.of(before, before)).isZero();
  }

  @Test
  void doesNotDependOnHowManyValuesThereWereBefore() {
    assertThat(StabilityIndex.of(new long[] {30_000, 70_000}, new long[] {300, 700}))
        .isCloseTo(0, within(1e-4));
  }

  @Test
  void seesThatARareYesBecomesCommon() {
    double[] rare = new double[SIZE];
    double[] common = new double[SIZE];
    Arrays.fill(rare, 0, SIZE / 50, 1.0);
    Arrays.fill(common, 0, SIZE / 2, 1.0);

    // (0.5 − 0.02) × ln 25 + (0.5 − 0.98) × ln(0.5 ÷ 0.98)
    assertThat(index(rare, common)).isCloseTo(1.868, within(0.01));
  }

  @Test
  void seesThatValuesGoMissing() {
    double[] halfMissing = normal(2, 0);
    Arrays.fill(halfMissing, 0, SIZE / 2, Double.NaN);

    assertThat(index(normal(1, 0), halfMissing)).isGreaterThan(1);
  }

  @Test
  void takesValuesOfWhichMostAreAlike() {
    double[] zeros = new double[SIZE];
    double[] someOnes = new double[SIZE];
    Arrays.fill(someOnes, 0, SIZE / 5, 1.0);
    double[] missing = new double[SIZE];
    Arrays.fill(missing, Double.NaN);

    assertThat(index(zeros, zeros)).isZero();
    assertThat(index(someOnes, zeros)).isGreaterThan(0.25);
    assertThat(index(missing, missing)).isZero();
  }

  private static double index(double[] before, double[] now) {
    return StabilityIndex.of(ValueCounts.of(before), now);
  }

  private static double[] normal(long seed, double mean) {
    Random random = new Random(seed);
    return random.doubles(SIZE).map(unused -> mean + random.nextGaussian()).toArray();
  }
}
