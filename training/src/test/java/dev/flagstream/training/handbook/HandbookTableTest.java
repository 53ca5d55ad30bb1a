package dev.flagstream.training.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandbookTableTest {

  @Test
  void showsMeanAndSampleDeviationOfTheRuns() {
    String table = new HandbookTable(List.of(run(0.86, 0.60), run(0.88, 0.62))).print();

    assertThat(table)
        .contains("0.870 / 0.610 / 0.300")
        .contains("0.014 / 0.014 / 0.000")
        .contains("0.871 / 0.606 / 0.291");
  }

  @Test
  void aimsAreMetWithinAHundredthOfThePublishedAndAboveTheBest() {
    List<String> near = new HandbookTable(List.of(run(0.872, 0.615))).aims();
    List<String> best = new HandbookTable(List.of(run(0.9, 0.7))).aims();

    assertThat(near)
        .anyMatch(
            l -> l.startsWith("met     logistic regression within") && l.endsWith("chapter 3"));
    assertThat(near).anyMatch(l -> l.startsWith("NOT MET random forest within"));
    assertThat(near).anyMatch(l -> l.startsWith("NOT MET boosting, our features: AP 0.615"));
    assertThat(best)
        .anyMatch(l -> l.startsWith("met     boosting, our features: AP 0.700 on four"));
    assertThat(best).anyMatch(l -> l.startsWith("NOT MET logistic regression within"));
  }

  /** Every model with the same figures on every fold. */
  private static List<HandbookExperiment.Outcome> run(double auc, double precision) {
    HandbookResult result = new HandbookResult(auc, precision, 0.3);
    return HandbookModel.all().stream()
        .map(
            model -> new HandbookExperiment.Outcome(model, List.of(result, result, result, result)))
        .toList();
  }
}
