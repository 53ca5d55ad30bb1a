package dev.flagstream.benchmarks.workload;

/** What both sides of a comparison read. */
public final class InputTopics {

  /** Transactions by card number. */
  public static final String TRANSACTIONS = "transactions";

  /** What is known of each card, by card number. */
  public static final String CARDS = "cards";

  private InputTopics() {}
}
