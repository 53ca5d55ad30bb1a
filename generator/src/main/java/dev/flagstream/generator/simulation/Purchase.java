package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.transaction.Location;
import java.util.Optional;

/**
 * What somebody decides about one transaction.
 *
 * @param timeMs when, milliseconds since the epoch
 * @param customer whose card is used
 * @param card which of the customer's cards, from 0
 * @param merchant who is paid
 * @param location where the card is, or for an order online the one who orders
 * @param locationRiskScore of the city of that location
 * @param amountCents how much
 * @param scenario the fraud it is part of; empty if honest
 */
record Purchase(
    long timeMs,
    Customer customer,
    int card,
    Merchant merchant,
    Location location,
    double locationRiskScore,
    long amountCents,
    Optional<FraudScenario> scenario) {

  /** The card itself is at the merchant's. */
  static Purchase inPerson(
      long timeMs,
      Customer customer,
      int card,
      Merchant merchant,
      long amountCents,
      Optional<FraudScenario> scenario) {
    return new Purchase(
        timeMs,
        customer,
        card,
        merchant,
        merchant.location(),
        merchant.city().riskScore(),
        amountCents,
        scenario);
  }

  /** Somebody who is in a city orders online. */
  static Purchase online(
      long timeMs,
      Customer customer,
      int card,
      Merchant merchant,
      City from,
      long amountCents,
      Optional<FraudScenario> scenario) {
    Location location =
        from.index() == customer.homeCity().index() ? customer.home() : from.centre();
    return new Purchase(
        timeMs, customer, card, merchant, location, from.riskScore(), amountCents, scenario);
  }
}
