package dev.flagstream.training.features;

import dev.flagstream.training.history.LabelledTransaction;
import java.io.IOException;
import java.util.List;

/** Computes the features of a history. */
public interface FeatureSource {

  /** Takes what is computed. */
  @FunctionalInterface
  interface VectorConsumer {

    /**
     * Takes one vector.
     *
     * @param row place of the transaction in the history
     * @param vector in the order of {@link dev.flagstream.training.batch.FeatureNames#ALL}, NaN
     *     where a feature is not defined
     */
    void accept(int row, double[] vector);
  }

  /**
   * Names what computes the features, and its version; features may differ only if this text does.
   */
  String version();

  /**
   * Computes the features of every transaction, in the order of the history.
   *
   * @param history in the order of time
   * @throws IOException if what computes them cannot be read
   */
  void compute(List<LabelledTransaction> history, VectorConsumer consumer) throws IOException;
}
