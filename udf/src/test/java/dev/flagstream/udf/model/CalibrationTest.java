package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

  private final Calibration calibration =
      new Calibration(new double[] {0.1, 0.3, 0.7}, new double[] {0.0, 0.02, 0.5});

  @Test
  void drawsStraightLinesBetweenThePoints() {
    assertThat(calibration.probability(0.3)).isEqualTo(0.02);
    assertThat(calibration.probability(0.2)).isCloseTo(0.01, within(1e-15));
    assertThat(calibration.probability(0.6)).isCloseTo(0.38, within(1e-15));
  }

  @Test
  void isConstantOutsideOfThePoints() {
    assertThat(calibration.probability(-1)).isEqualTo(0.0);
    assertThat(calibration.probability(0.9)).isEqualTo(0.5);
    assertThat(calibration.probability(Double.NaN)).isNaN();
  }

  @Test
  void refusesPointsThatAreNoCalibration() {
    assertRefused(new double[] {}, new double[] {}, "0 scores and 0 probabilities");
    assertRefused(new double[] {1}, new double[] {0.1, 0.2}, "1 scores and 2 probabilities");
    assertRefused(new double[] {1, 1}, new double[] {0.1, 0.2}, "1.0 does not ascend from 1.0");
    assertRefused(new double[] {1, 2}, new double[] {0.2, 0.1}, "0.1 descends from 0.2");
    assertRefused(new double[] {1}, new double[] {1.5}, "1.5 is no probability");
    assertRefused(new double[] {1}, new double[] {Double.NaN}, "NaN is no probability");
  }

  private static void assertRefused(double[] scores, double[] probabilities, String message) {
    assertThatThrownBy(() -> new Calibration(scores, probabilities)).hasMessageContaining(message);
  }
}
