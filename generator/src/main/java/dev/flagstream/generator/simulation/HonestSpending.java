package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.Surroundings;
import java.util.Random;

/**
 * The holder pays: mostly at home, sometimes in a city nearby, rarely while travelling, and amounts
 * spread log-normally around the customer's own mean.
 */
record HonestSpending() implements Behaviour {

  private static final double TRAVEL_SHARE = 0.02;
  private static final double NEAR_SHARE = 0.08;
  private static final double AMOUNT_SIGMA = 0.6;
  private static final long MIN_AMOUNT_CENTS = 50;

  @Override
  public Purchase nextPurchase(Customer customer, Random random) {
    return new Purchase(
        nextMerchant(customer.surroundings(), random),
        nextAmountCents(customer.meanAmountCents(), random));
  }

  private static Merchant nextMerchant(Surroundings surroundings, Random random) {
    double draw = random.nextDouble();
    if (draw < TRAVEL_SHARE) {
      return surroundings.farMerchant(random);
    }
    return draw < TRAVEL_SHARE + NEAR_SHARE
        ? surroundings.nearMerchant(random)
        : surroundings.localMerchant(random);
  }

  private static long nextAmountCents(double meanCents, Random random) {
    // The mean of a log-normal is exp(mu + sigma²/2); subtracting that half keeps it at meanCents.
    double logFactor = AMOUNT_SIGMA * random.nextGaussian() - AMOUNT_SIGMA * AMOUNT_SIGMA / 2;
    return Math.max(MIN_AMOUNT_CENTS, Math.round(meanCents * StrictMath.exp(logFactor)));
  }
}
