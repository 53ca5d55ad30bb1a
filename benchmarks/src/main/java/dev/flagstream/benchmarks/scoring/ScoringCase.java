package dev.flagstream.benchmarks.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that is measured.
 *
 * @param line what is scored: a line of the table
 * @param column what scores it: a column of the table
 * @param method the JMH method
 * @param parameters of the JMH method
 */
record ScoringCase(String line, String column, String method, Map<String, String> parameters) {

  static final String OURS = "ours";
  static final String GENMODEL = "genmodel";
  static final String ONNX_PINNED = "onnx-pinned";
  static final String ONNX = "onnx";
  static final List<String> COLUMNS = List.of(OURS, GENMODEL, ONNX_PINNED, ONNX);

  private static final List<String> TREES =
      List.of("forest-depth-20", "forest-depth-10", "boosting", "isolation");
  private static final String SCORE = ScoringBenchmark.class.getName() + ".score";
  private static final String REASONS = ReasonsBenchmark.class.getName() + ".";

  /** All cases, those of a line one after the other. */
  static List<ScoringCase> all() {
    List<ScoringCase> cases = new ArrayList<>();
    for (String model : TREES) {
      COLUMNS.forEach(scorer -> cases.add(score(model, scorer)));
    }
    // ONNX has no rule for missing values of a linear model.
    for (String model : List.of("logistic", "pipeline")) {
      List.of(OURS, GENMODEL).forEach(scorer -> cases.add(score(model, scorer)));
    }
    // Those of genmodel for random forests are known to be wrong.
    cases.add(reasons("forest-depth-10", OURS));
    cases.add(reasons("boosting", OURS));
    cases.add(reasons("boosting", GENMODEL));
    return cases;
  }

  private static ScoringCase score(String model, String scorer) {
    return new ScoringCase(
        model, scorer, SCORE, new TreeMap<>(Map.of("model", model, "scorer", scorer)));
  }

  private static ScoringCase reasons(String model, String by) {
    return new ScoringCase("reasons of " + model, by, REASONS + by, Map.of("model", model));
  }
}
