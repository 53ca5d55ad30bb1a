package dev.flagstream.generator.progress;

/** How long a run will be, and in which unit its progress is measured. */
public sealed interface Extent {

  /** An unknown length. */
  record Unknown() implements Extent {}

  /**
   * A number of transactions.
   *
   * @param transactions above zero
   */
  record Count(long transactions) implements Extent {}

  /**
   * A range of event time, in milliseconds since the epoch.
   *
   * @param fromMs where this process begins
   * @param toMs where it ends
   */
  record EventTime(long fromMs, long toMs) implements Extent {}
}
