package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.RandomStream;

/** How amounts are drawn, in cents. */
final class Amounts {

  static final long MIN_CENTS = 50;

  /** The largest that a DECIMAL(10,2) holds. */
  static final long MAX_CENTS = 9_999_999_999L;

  private Amounts() {}

  /**
   * Log-normal around a customer's own mean: the mean of a log-normal is exp(mu + sigma²/2), and
   * subtracting that half keeps it where it should be.
   */
  static long usual(Customer customer, double priceLevel, RandomStream random) {
    double sigma = customer.amountSigma();
    double logFactor = sigma * random.nextGaussian() - sigma * sigma / 2;
    return limited(customer.meanAmountCents() * priceLevel * StrictMath.exp(logFactor));
  }

  /** A multiple of a customer's mean, log-uniform: each doubling is as likely as the next. */
  static long multiple(Customer customer, Range multiples, long minCents, RandomStream random) {
    double ratio = multiples.max() / multiples.min();
    double multiple = multiples.min() * StrictMath.pow(ratio, random.nextDouble());
    return Math.max(minCents, limited(customer.meanAmountCents() * multiple));
  }

  /** Whole cents, within what a transaction can hold. */
  static long limited(double cents) {
    return Math.min(MAX_CENTS, Math.max(MIN_CENTS, Math.round(cents)));
  }
}
