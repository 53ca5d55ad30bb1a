package dev.flagstream.training.h2o.task;

import dev.flagstream.training.model.ModelSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What the H2O process is asked: train, write the MOJO, score.
 *
 * @param settings what to train
 * @param seed of all its chance
 * @param features the names of the columns
 * @param rows a {@link dev.flagstream.training.table.MatrixFile} with the features and, last, the
 *     label (0 or 1)
 * @param mojo where the MOJO zip goes
 * @param scorings what to score with the MOJO
 */
public record TrainingTask(
    ModelSettings settings,
    long seed,
    List<String> features,
    Path rows,
    Path mojo,
    List<Scoring> scorings) {

  /**
   * Rows to score by genmodel, H2O's own scorer of MOJOs.
   *
   * @param rows features in the task's order
   * @param scores where the scores go: one column, p1 of a classifier, the normalized anomaly score
   *     of an isolation forest
   */
  public record Scoring(Path rows, Path scores) {}
}
