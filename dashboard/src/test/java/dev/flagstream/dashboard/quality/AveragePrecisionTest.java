package dev.flagstream.dashboard.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The expected values are scikit-learn's. */
class AveragePrecisionTest {

  private static final double TOLERANCE = 1e-12;

  @Test
  void sumsPrecisionOverTheGainsOfRecall() {
    assertThat(of(new double[] {0.35, 0.8}, new double[] {0.1, 0.4}))
        .isCloseTo(0.8333333333333333, within(TOLERANCE));
  }

  @Test
  void takesEqualScoresForOneStep() {
    assertThat(of(new double[] {0.5, 0.5}, new double[] {0.5, 0.5}))
        .isCloseTo(0.5, within(TOLERANCE));
    assertThat(of(new double[] {0.9, 0.1}, new double[] {0.9}))
        .isCloseTo(0.5833333333333333, within(TOLERANCE));
  }

  @Test
  void isOneIfAllFraudsScoreHigherThanAllOthers() {
    assertThat(of(new double[] {3, 5}, new double[] {-1, 2.9})).isEqualTo(1);
  }

  @Test
  void isNotDefinedWithoutFrauds() {
    assertThat(AveragePrecision.of(new double[0], new double[] {0.3})).isEmpty();
  }

  @Test
  void equalsItsDefinitionOnRandomScoresWithManyTies() {
    Random random = new Random(17);
    for (int round = 0; round < 50; round++) {
      double[] frauds = random.doubles(1 + random.nextInt(40)).map(Math::sqrt).toArray();
      double[] honest = random.doubles(random.nextInt(200)).toArray();
      for (double[] scores : new double[][] {frauds, honest}) {
        for (int i = 0; i < scores.length; i++) {
          scores[i] = Math.round(scores[i] * 10) / 10.0;
        }
      }
      assertThat(of(frauds.clone(), honest.clone()))
          .isCloseTo(byDefinition(frauds, honest), within(TOLERANCE));
    }
  }

  /** Threshold by threshold, without any sorting. */
  private static double byDefinition(double[] frauds, double[] honest) {
    double sum = 0;
    double recallBefore = 0;
    for (int tenths = 10; tenths >= 0; tenths--) {
      double threshold = tenths / 10.0;
      double found = java.util.Arrays.stream(frauds).filter(s -> s >= threshold).count();
      double wrong = java.util.Arrays.stream(honest).filter(s -> s >= threshold).count();
      double recall = found / frauds.length;
      if (found > 0) {
        sum += (recall - recallBefore) * found / (found + wrong);
      }
      recallBefore = recall;
    }
    return sum;
  }

  private static double of(double[] frauds, double[] honest) {
    return AveragePrecision.of(frauds, honest).orElseThrow();
  }
}
