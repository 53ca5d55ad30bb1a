package dev.flagstream.generator.population;

/**
 * A cardholder.
 *
 * @param id such as {@code C000123}
 * @param ageYears age in whole years
 * @param surroundings the home city and where one can pay from there
 * @param meanAmountCents what an honest purchase of this customer costs on average
 */
public record Customer(String id, int ageYears, Surroundings surroundings, double meanAmountCents) {

  public City home() {
    return surroundings.home();
  }
}
