package dev.flagstream.training.features;

import java.util.Objects;

/**
 * A transaction with what it was scored by, as far as training needs it.
 *
 * @param transactionId never {@code null}
 * @param card the card's token; never its number
 * @param amount NaN if unknown
 * @param timeMs event time, epoch milliseconds
 * @param features in the order of {@link dev.flagstream.training.batch.FeatureNames#ALL}, NaN where
 *     one is not defined; not copied, not to be changed
 */
// An array: there are millions of vectors, made once, passed on without a copy and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record FeatureRow(
    String transactionId, String card, double amount, long timeMs, double[] features) {

  /** Checks that id and features are there. */
  public FeatureRow {
    Objects.requireNonNull(transactionId, "transactionId");
    Objects.requireNonNull(features, "features");
  }
}
