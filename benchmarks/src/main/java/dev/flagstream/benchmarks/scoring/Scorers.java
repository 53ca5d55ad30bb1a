package dev.flagstream.benchmarks.scoring;

import java.io.IOException;

/** The scorers by the names that the benchmark's parameter gives them. */
final class Scorers {

  private Scorers() {}

  static Scorer of(String name, Inputs inputs, ScoredModel model) throws IOException {
    return switch (name) {
      case "ours" -> new OurScorer(inputs, model);
      case "genmodel" -> new GenmodelScorer(inputs, model);
      case "onnx-pinned" -> new OnnxScorer(inputs, model, true);
      case "onnx" -> new OnnxScorer(inputs, model, false);
      default -> throw new IllegalArgumentException("no scorer is named " + name);
    };
  }
}
