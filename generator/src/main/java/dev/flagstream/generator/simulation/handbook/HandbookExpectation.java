package dev.flagstream.generator.simulation.handbook;

/**
 * What the Handbook's constants lead one to expect, whatever the seed.
 *
 * @param customers who are seen at least once
 * @param transactions of all customers
 * @param highAmount frauds of scenario 1 that no later scenario overwrites
 * @param compromisedTerminal frauds of scenario 2 that scenario 3 does not overwrite
 * @param takeover frauds of scenario 3
 */
public record HandbookExpectation(
    double customers,
    double transactions,
    double highAmount,
    double compromisedTerminal,
    double takeover) {

  private static final int STEPS = 10_000;

  /**
   * The expectation for the first days.
   *
   * @param days how many; the Handbook's data have {@link HandbookParameters#DAYS}
   */
  public static HandbookExpectation of(int days) {
    double perDay = transactionsPerDay();
    double high = highAmountShare();
    double highAmounts = 0;
    double terminals = 0;
    double takeovers = 0;
    for (int day = 0; day < days; day++) {
      double compromised =
          underWay(
              day,
              HandbookParameters.TERMINAL_DAYS,
              HandbookParameters.TERMINALS_A_DAY / (double) HandbookParameters.TERMINALS);
      double stolen = underWay(day, HandbookParameters.CUSTOMER_DAYS, stolenShareOfOneDay());
      highAmounts += perDay * high * (1 - compromised) * (1 - stolen);
      terminals += perDay * compromised * (1 - stolen);
      takeovers += perDay * stolen;
    }
    return new HandbookExpectation(
        customersSeen(days), perDay * days, highAmounts, terminals, takeovers);
  }

  /** Transactions a day: 5,000 customers of two a day, less those whose second misses the day. */
  static double transactionsPerDay() {
    return HandbookParameters.CUSTOMERS * HandbookParameters.MAX_PER_DAY / 2 * shareInDay();
  }

  /**
   * The probability that the second of a normal draw, cut to a whole number, is strictly within the
   * day.
   */
  private static double shareInDay() {
    double fromOne = (1 - HandbookParameters.MEAN_SECOND_OF_DAY);
    double toEnd = HandbookParameters.SECONDS_PER_DAY - HandbookParameters.MEAN_SECOND_OF_DAY;
    return normalBetween(
        fromOne / HandbookParameters.DEVIATION_SECOND_OF_DAY,
        toEnd / HandbookParameters.DEVIATION_SECOND_OF_DAY);
  }

  /**
   * The probability that an amount is above 220, over all customers. What is redrawn is never above
   * 200.
   */
  private static double highAmountShare() {
    double limit = HandbookParameters.HIGH_AMOUNT_CENTS / 100.0 + 0.005;
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      double mean =
          HandbookParameters.MIN_MEAN_AMOUNT
              + (HandbookParameters.MAX_MEAN_AMOUNT - HandbookParameters.MIN_MEAN_AMOUNT)
                  * (i + 0.5)
                  / STEPS;
      sum += normalBetween((limit - mean) / (mean / 2), 50);
    }
    return sum / STEPS;
  }

  /**
   * The probability that a transaction of one day's compromised customers is stolen: a third of
   * theirs, rounded down.
   */
  private static double stolenShareOfOneDay() {
    double theirs =
        HandbookParameters.CUSTOMERS_A_DAY
            * HandbookParameters.CUSTOMER_DAYS
            * transactionsPerDay()
            / HandbookParameters.CUSTOMERS;
    // Rounding down loses 0, a third or two thirds, each as likely.
    double stolen = (theirs - 1) / HandbookParameters.ONE_IN;
    return HandbookParameters.CUSTOMERS_A_DAY
        / (double) HandbookParameters.CUSTOMERS
        * (stolen / theirs);
  }

  /** The probability that at least one of the draws of the last days struck. */
  private static double underWay(int day, int lasts, double probabilityOfOneDay) {
    return 1 - Math.pow(1 - probabilityOfOneDay, Math.min(day + 1, lasts));
  }

  /** The mean over all rates r of 1 - exp(-r · days). */
  private static double customersSeen(int days) {
    double most = HandbookParameters.MAX_PER_DAY * shareInDay() * days;
    return HandbookParameters.CUSTOMERS * (1 - (1 - Math.exp(-most)) / most);
  }

  /** The standard normal distribution between two numbers, by Simpson's rule. */
  private static double normalBetween(double from, double to) {
    double width = (Math.min(to, 9) - from) / STEPS;
    if (width <= 0) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
      double z = from + i * width;
      double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-z * z / 2);
    }
    return sum * width / 3 / Math.sqrt(2 * Math.PI);
  }
}
