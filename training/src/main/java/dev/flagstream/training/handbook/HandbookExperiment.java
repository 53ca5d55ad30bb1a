package dev.flagstream.training.handbook;

import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.training.h2o.H2oProcess;
import dev.flagstream.training.h2o.TrainedModel;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Trains every model on every split of one data set. */
public final class HandbookExperiment {

  /** The first training week: that of chapter 3, and the earliest of the four folds. */
  static final Instant FIRST_TRAINING = Instant.parse("2018-07-25T00:00:00Z");

  /** The last day of the last test is the one before. */
  static final Instant END = Instant.parse("2018-09-05T00:00:00Z");

  /** All that the splits need. */
  public static final TimeRange NEEDED = new TimeRange(FIRST_TRAINING, END);

  private static final int FOLDS = 4;
  private static final Duration STEP = Duration.ofDays(7);

  private final FeatureTable table;
  private final H2oProcess h2o;
  private final Path work;
  private final long seed;

  HandbookExperiment(FeatureTable table, H2oProcess h2o, Path work, long seed) {
    this.table = table;
    this.h2o = h2o;
    this.work = work;
    this.seed = seed;
  }

  /**
   * What a model came to.
   *
   * @param model which
   * @param folds in the order of time; the first is the chapter 3 split
   */
  public record Outcome(HandbookModel model, List<HandbookResult> folds) {

    HandbookResult chapter3() {
      return folds.get(0);
    }

    HandbookResult mean() {
      return HandbookResult.mean(folds);
    }
  }

  List<Outcome> run(String title) throws IOException {
    List<HandbookSplit> splits = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      splits.add(HandbookSplit.of(table, FIRST_TRAINING.plus(STEP.multipliedBy(fold))));
    }
    List<HandbookModel> models = HandbookModel.all();
    List<Outcome> outcomes = new ArrayList<>();
    try (StepProgress progress = StepProgress.ofShares("models on " + title)) {
      int trained = 0;
      double all = (double) models.size() * FOLDS;
      for (HandbookModel model : models) {
        List<HandbookResult> results = new ArrayList<>();
        for (HandbookSplit split : splits) {
          double before = trained++;
          results.add(train(model, split, share -> progress.showShare((before + share) / all)));
        }
        outcomes.add(new Outcome(model, results));
      }
    }
    return outcomes;
  }

  private HandbookResult train(
      HandbookModel model, HandbookSplit split, java.util.function.DoubleConsumer progress)
      throws IOException {
    HandbookSplit ofModel = split.select(model.features());
    TrainedModel trained =
        h2o.train(
            model.settings(),
            seed,
            ofModel.train(),
            List.of(ofModel.test()),
            work.resolve("handbook.zip"),
            progress);
    return HandbookResult.of(ofModel.test(), trained.scores().get(0));
  }
}
