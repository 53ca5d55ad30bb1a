package dev.flagstream.training.metrics;

import static dev.flagstream.training.Examples.fraud;
import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.table.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioRecallTest {

  @Test
  void countsFoundFraudsOfEachScenario() {
    String t = "2018-08-08T01:00:00Z";
    List<Example> rows =
        List.of(
            fraud(t, "a", "testing", 1),
            fraud(t, "b", "testing", 1),
            honest(t, "c"),
            fraud(t, "d", "takeover", 1),
            fraud(t, "e", null, 1));

    List<ScenarioRecall> recalls =
        ScenarioRecall.of(rows, new double[] {0.5, 0.4, 0.9, 0.9, 0.1}, 0.5);

    assertThat(recalls)
        .containsExactly(
            new ScenarioRecall("takeover", 1, 1),
            new ScenarioRecall("testing", 2, 1),
            new ScenarioRecall("unknown", 1, 0));
    assertThat(recalls.get(1).recall()).isEqualTo(0.5);
  }
}
