package dev.flagstream.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsotonicCalibrationTest {

  @Test
  void poolsNeighboursThatViolateTheOrder() {
    // By score: 0, 1, 0, 1, 1. The second and the third violate the order and become 1/2 together.
    IsotonicCalibration fitted =
        IsotonicCalibration.fit(
            new double[] {0.5, 0.1, 0.2, 0.3, 0.4}, new boolean[] {true, false, true, false, true});

    assertThat(fitted.scores()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5);
    assertThat(fitted.probabilities()).containsExactly(0.0, 0.5, 0.5, 1.0, 1.0);
  }

  @Test
  void equalScoresAreOnePoint() {
    IsotonicCalibration fitted =
        IsotonicCalibration.fit(
            new double[] {0.2, 0.2, 0.2, 0.8}, new boolean[] {true, false, false, true});

    assertThat(fitted.scores()).containsExactly(0.2, 0.8);
    assertThat(fitted.probabilities().get(0)).isCloseTo(1.0 / 3, within(1e-15));
  }

  @Test
  void isLinearBetweenPointsAndConstantOutside() {
    IsotonicCalibration calibration = new IsotonicCalibration(List.of(0.2, 0.6), List.of(0.1, 0.5));

    assertThat(calibration.probability(0.4)).isCloseTo(0.3, within(1e-15));
    assertThat(calibration.probability(0.6)).isEqualTo(0.5);
    assertThat(calibration.probability(-1)).isEqualTo(0.1);
    assertThat(calibration.probability(9)).isEqualTo(0.5);
    assertThat(calibration.probability(Double.NaN)).isNaN();
  }

  @Test
  void allAscendingFitsAsWellAsNoOtherAscendingSteps() {
    // The mean of a fitted probability over all rows is the share of frauds: a property of least
    // squares.
    SplittableRandom random = new SplittableRandom(11);
    double[] scores = new double[2_000];
    boolean[] labels = new boolean[scores.length];
    int frauds = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextDouble();
      labels[i] = random.nextDouble() < scores[i] * scores[i];
      frauds += labels[i] ? 1 : 0;
    }
    IsotonicCalibration fitted = IsotonicCalibration.fit(scores, labels);

    double sum = 0;
    double worst = 0;
    for (double score : scores) {
      sum += fitted.probability(score);
      if (score > 0.1 && score < 0.9) {
        worst = Math.max(worst, Math.abs(fitted.probability(score) - score * score));
      }
    }
    assertThat(sum / scores.length).isCloseTo((double) frauds / scores.length, within(1e-9));
    assertThat(worst).isLessThan(0.2);
  }

  @Test
  void refusesPointsThatFall() {
    assertThatThrownBy(() -> new IsotonicCalibration(List.of(0.1, 0.2), List.of(0.5, 0.4)))
        .hasMessageContaining("point 1");
    assertThatThrownBy(() -> new IsotonicCalibration(List.of(0.2, 0.2), List.of(0.4, 0.5)))
        .hasMessageContaining("point 1");
  }
}
