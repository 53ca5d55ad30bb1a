package dev.flagstream.benchmarks.scoring;

import java.util.Arrays;
import java.util.List;

/** The models of the benchmark, by the names of their files. */
enum ScoredModel {
  FOREST_DEPTH_20("forest-depth-20"),
  FOREST_DEPTH_10("forest-depth-10"),
  BOOSTING("boosting"),
  ISOLATION("isolation"),
  LOGISTIC("logistic");

  /** What the pipeline scores each transaction with. */
  static final List<ScoredModel> PIPELINE = List.of(FOREST_DEPTH_10, LOGISTIC, ISOLATION);

  private final String fileName;

  ScoredModel(String fileName) {
    this.fileName = fileName;
  }

  String fileName() {
    return fileName;
  }

  /** The models that a parameter of the benchmark names: one, or all of the pipeline. */
  static List<ScoredModel> named(String name) {
    return name.equals("pipeline")
        ? PIPELINE
        : Arrays.stream(values()).filter(model -> model.fileName.equals(name)).toList();
  }
}
