package dev.flagstream.training.metrics;

import dev.flagstream.training.table.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many frauds of a scenario have an alert.
 *
 * @param scenario its name; {@code unknown} where the data tell none
 * @param frauds how many there are
 * @param found how many of them score from the threshold on
 */
public record ScenarioRecall(String scenario, int frauds, int found) {

  private static final String UNKNOWN = "unknown";

  /** The share that is found. */
  public double recall() {
    return (double) found / frauds;
  }

  /** For each scenario that occurs, by name. */
  public static List<ScenarioRecall> of(List<Example> rows, double[] scores, double threshold) {
    Map<String, ScenarioRecall> recalls = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      Example row = rows.get(i);
      if (row.fraud()) {
        String scenario = row.scenario() == null ? UNKNOWN : row.scenario();
        int found = scores[i] >= threshold ? 1 : 0;
        recalls.merge(
            scenario,
            new ScenarioRecall(scenario, 1, found),
            (a, b) -> new ScenarioRecall(scenario, a.frauds + b.frauds, a.found + b.found));
      }
    }
    return new ArrayList<>(recalls.values());
  }
}
