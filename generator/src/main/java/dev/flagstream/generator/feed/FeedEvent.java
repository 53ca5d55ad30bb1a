package dev.flagstream.generator.feed;

/** One record of a run, bound for one of three topics. */
public sealed interface FeedEvent permits Payment, FraudTruth, FraudLabel {

  /** The transaction that it is, or is about; never null. */
  String transactionId();

  /** Event time in milliseconds since the epoch; in the order of a run it never decreases. */
  long timeMs();
}
