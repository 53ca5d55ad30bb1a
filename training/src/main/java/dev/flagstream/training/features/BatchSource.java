package dev.flagstream.training.features;

import dev.flagstream.training.batch.BatchFeatures;
import dev.flagstream.training.history.LabelledTransaction;
import java.time.Duration;
import java.util.List;

/** The features in batch, plain Java. */
public final class BatchSource implements FeatureSource {

  private final Duration feedbackDelay;

  /** With the delay after which the merchants' windows end. */
  public BatchSource(Duration feedbackDelay) {
    this.feedbackDelay = feedbackDelay;
  }

  @Override
  public String version() {
    return "batch-" + feedbackDelay;
  }

  @Override
  public void compute(List<LabelledTransaction> history, VectorConsumer consumer) {
    double[][] vectors =
        new BatchFeatures(feedbackDelay)
            .of(history.stream().map(LabelledTransaction::forBatch).toList());
    for (int row = 0; row < vectors.length; row++) {
      consumer.accept(row, vectors[row]);
    }
  }
}
