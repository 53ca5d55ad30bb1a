package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customer;
import java.util.Random;

/** A copied card is used far away, mostly in risky cities, for amounts that are worth the trip. */
record FarFromHome() implements Behaviour {

  private static final LogUniform AMOUNT_CENTS = new LogUniform(50_000, 500_000);

  @Override
  public Purchase nextPurchase(Customer customer, Random random) {
    return new Purchase(
        customer.surroundings().riskyFarMerchant(random), AMOUNT_CENTS.next(random));
  }
}
