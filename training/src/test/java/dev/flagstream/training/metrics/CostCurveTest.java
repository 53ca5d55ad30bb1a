package dev.flagstream.training.metrics;

import static dev.flagstream.training.Examples.fraud;
import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.table.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostCurveTest {

  private static final String T = "2018-08-08T01:00:00Z";
  private static final List<Example> ROWS =
      List.of(fraud(T, "a", "x", 100), honest(T, "b"), fraud(T, "c", "x", 7), honest(T, "d"));

  @Test
  void missedFraudsAndAlertsAddUp() {
    CostCurve curve = CostCurve.of(ROWS, new double[] {0.9, 0.8, 0.7, 0.1}, 5, 50);

    assertThat(curve.points())
        .containsExactly(
            new CostCurve.Point(Math.nextUp(0.9), 0, 107, 107),
            new CostCurve.Point(0.9, 1, 7, 12),
            new CostCurve.Point(0.8, 2, 7, 17),
            new CostCurve.Point(0.7, 3, 0, 15),
            new CostCurve.Point(0.1, 4, 0, 20));
    assertThat(curve.cheapest().threshold()).isEqualTo(0.9);
  }

  @Test
  void alertingNothingCanBeCheapest() {
    assertThat(CostCurve.of(ROWS, new double[] {0.9, 0.8, 0.7, 0.1}, 200, 50).cheapest().alerts())
        .isZero();
  }

  @Test
  void aFraudWithoutAmountCostsWhatIsSaid() {
    List<Example> rows = List.of(fraud(T, "a", "x", Double.NaN));

    assertThat(CostCurve.of(rows, new double[] {0.5}, 5, 50).points().get(0).cost()).isEqualTo(50);
  }
}
