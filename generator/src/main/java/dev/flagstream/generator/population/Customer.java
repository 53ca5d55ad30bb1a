package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Location;

/**
 * A customer of the bank, with one card or several.
 *
 * @param index the place among all customers, from 0
 * @param cardholder id (such as {@code C000123}), age and home, as transactions tell them
 * @param homeCity where the customer lives
 * @param meanAmountCents what an honest purchase of this customer costs on average
 * @param amountSigma how far the logarithms of the amounts spread
 * @param cards how many cards: 1 to 3
 */
public record Customer(
    int index,
    Cardholder cardholder,
    City homeCity,
    double meanAmountCents,
    double amountSigma,
    int cards) {

  /** Where the customer lives as a location, from where orders are made online. */
  public Location home() {
    return Places.in(homeCity, cardholder.homeLatDegrees(), cardholder.homeLonDegrees());
  }
}
