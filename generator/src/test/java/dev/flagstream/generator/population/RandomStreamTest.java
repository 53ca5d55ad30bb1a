package dev.flagstream.generator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  private static final double ALPHA = 0.001;
  private static final int DRAWS = 20_000;

  private final RandomStream random = new RandomStream().startAt(42);

  /** The numbers that Vigna's reference program of SplitMix64 gives for the seed 1234567. */
  @Test
  void isSplitMix64() {
    random.startAt(1234567);

    assertThat(List.of(random.nextLong(), random.nextLong(), random.nextLong()))
        .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
  }

  @Test
  void beginsAnewAtASeed() {
    double first = random.startAt(5).nextGaussian();
    random.nextExponential();

    assertThat(random.startAt(5).nextGaussian()).isEqualTo(first);
  }

  @Test
  void drawsNormalNumbers() {
    double[] drawn = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] = random.nextGaussian();
    }

    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(), drawn))
        .isGreaterThan(ALPHA);
  }

  @Test
  void drawsExponentialNumbers() {
    double[] drawn = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] = random.nextExponential();
    }

    assertThat(
            new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(new ExponentialDistribution(1), drawn))
        .isGreaterThan(ALPHA);
  }

  @Test
  void drawsPoissonNumbers() {
    PoissonDistribution poisson = new PoissonDistribution(3.5);
    double[] expected = new double[10];
    long[] observed = new long[10];
    for (int k = 0; k < 10; k++) {
      expected[k] = DRAWS * (k < 9 ? poisson.probability(k) : 1 - poisson.cumulativeProbability(8));
    }
    for (int i = 0; i < DRAWS; i++) {
      observed[Math.min(9, random.nextPoisson(3.5))]++;
    }

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
    assertThat(random.nextPoisson(0)).isZero();
  }

  @Test
  void drawsWholeNumbersBelowALimit() {
    long[] observed = new long[7];
    double[] expected = new double[7];
    for (int i = 0; i < DRAWS; i++) {
      observed[random.below(7)]++;
    }
    Arrays.fill(expected, DRAWS / 7.0);

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
    double mean = 0;
    for (int i = 0; i < DRAWS; i++) {
      mean += random.below(Customers.MAX) / (double) DRAWS;
    }
    assertThat(mean / Customers.MAX).isCloseTo(0.5, within(0.01));
  }

  @Test
  void choosesByWeightAndNeverWhatWeighsNothing() {
    Weighted<String> weighted =
        Weighted.of(
            List.of("never", "one", "never", "three", "never"),
            choice -> choice.equals("never") ? 0 : choice.equals("one") ? 1 : 3);
    int three = 0;
    for (int i = 0; i < DRAWS; i++) {
      String drawn = weighted.draw(random);
      assertThat(drawn).isNotEqualTo("never");
      three += drawn.equals("three") ? 1 : 0;
    }

    assertThat(three / (double) DRAWS).isCloseTo(0.75, within(0.0125));
  }
}
