package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customer;
import java.util.Random;

/**
 * A way of using a card. Every transaction comes from exactly one behaviour, so the simulation
 * always knows which ones are honest.
 */
sealed interface Behaviour permits HonestSpending, LargePurchase, FarFromHome {

  /** Draws the next purchase of a customer's card; all chance comes from {@code random}. */
  Purchase nextPurchase(Customer customer, Random random);
}
