package dev.flagstream.benchmarks.workload;

/** The input topics. */
public final class Topics {

  /** Transactions by card number. */
  public static final String TRANSACTIONS = "transactions";

  /** What is known of each card, by card number. */
  public static final String CARDS = "cards";

  private Topics() {}
}
