package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customer;
import java.util.Random;

/** A stolen card is emptied at home: one amount far above what anyone here usually spends. */
record LargePurchase() implements Behaviour {

  private static final LogUniform AMOUNT_CENTS = new LogUniform(200_000, 950_000);

  @Override
  public Purchase nextPurchase(Customer customer, Random random) {
    return new Purchase(customer.surroundings().localMerchant(random), AMOUNT_CENTS.next(random));
  }
}
