package dev.flagstream.benchmarks.pipeline;

import static dev.flagstream.report.PlainText.counted;

/**
 * What is measured in one line.
 *
 * @param cards how many have paid at least once before counting begins
 * @param payments how often each card pays within {@link ScaleFeed#WINDOW}
 * @param partitions of each topic
 * @param servers that share the work
 * @param warmUp transactions that pass the whole pipeline before those that are counted
 * @param transactions that are counted
 */
record ScaleSetup(
    int cards, int payments, int partitions, int servers, long warmUp, long transactions) {

  /** A card's state reaches a day, the grace period, further back than its longest window. */
  private static final double STATE_PER_WINDOW = 31.0 / 30;

  /** What a server's start and its crash take, told as transactions: for the time that is left. */
  private static final long OVERHEAD = 150_000;

  /** So many transactions give each card the past that it has while it is measured. */
  long fill() {
    return payments == 1 ? cards : (long) Math.ceil((double) cards * payments * STATE_PER_WINDOW);
  }

  /** How much work it is, roughly, in transactions through the whole pipeline. */
  long work() {
    return OVERHEAD + fill() / 3 + warmUp + transactions;
  }

  ScaleSetup withPartitions(int number) {
    return new ScaleSetup(cards, payments, number, servers, warmUp, transactions);
  }

  /** Each server warms up by itself, with as many transactions as the one before it. */
  ScaleSetup withServers(int number) {
    return new ScaleSetup(
        cards, payments, partitions, number, warmUp / servers * number, transactions);
  }

  @Override
  public String toString() {
    return "%s, %s each, %s, %s"
        .formatted(
            counted(cards, "card"),
            counted(payments, "payment"),
            counted(partitions, "partition"),
            counted(servers, "server"));
  }
}
