package dev.flagstream.training.table;

import java.util.Objects;

/**
 * One labelled transaction.
 *
 * @param timeMs event time, epoch milliseconds
 * @param card what an alert is about: card or customer; {@code null} if the data name none
 * @param fraud the truth that was learned later
 * @param scenario the kind of fraud where it is known, else {@code null}
 * @param amount what a missed fraud costs; NaN if unknown
 * @param features one value a feature of the table, NaN where it is missing; not copied, not to be
 *     changed
 */
// An array: there are millions of vectors, made once, passed on without a copy and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Example(
    long timeMs, String card, boolean fraud, String scenario, double amount, double[] features) {

  /** Checks that there are features. */
  public Example {
    Objects.requireNonNull(features, "features");
  }
}
