package dev.flagstream.training.table;

import java.util.Objects;

/**
 * One labelled transaction.
 *
 * @param timeMs event time, epoch milliseconds
 * @param card what an alert is about: card or customer; {@code null} if the data name none
 * @param fraud the truth
 * @param reportedAtMs when a fraud was reported, epoch milliseconds; of no meaning for an honest
 *     one
 * @param scenario the kind of fraud where it is known, else {@code null}
 * @param amount what a missed fraud costs; NaN if unknown
 * @param features one value a feature of the table, NaN where it is missing; not copied, not to be
 *     changed
 */
// An array: there are millions of vectors, made once, passed on without a copy and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Example(
    long timeMs,
    String card,
    boolean fraud,
    long reportedAtMs,
    String scenario,
    double amount,
    double[] features) {

  /** Checks that there are features. */
  public Example {
    Objects.requireNonNull(features, "features");
  }

  /** The same with other features. */
  public Example with(double[] otherFeatures) {
    return new Example(timeMs, card, fraud, reportedAtMs, scenario, amount, otherFeatures);
  }

  /** The same under another card. */
  public Example with(String otherCard) {
    return new Example(timeMs, otherCard, fraud, reportedAtMs, scenario, amount, features);
  }

  /** As one sees it at an instant: a fraud that is not reported by then looks honest. */
  Example asKnownAt(long ms) {
    return fraud && reportedAtMs > ms
        ? new Example(timeMs, card, false, reportedAtMs, null, amount, features)
        : this;
  }
}
