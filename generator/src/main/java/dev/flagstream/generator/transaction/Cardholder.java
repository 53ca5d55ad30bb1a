package dev.flagstream.generator.transaction;

import java.util.Objects;

/**
 * The owner of the card, as in the bank's customer file.
 *
 * @param customerId never null
 * @param ageYears age in whole years; null if unknown
 * @param homeCity null if unknown
 * @param homeLatDegrees latitude of the home; NaN if unknown
 * @param homeLonDegrees longitude of the home; NaN if unknown
 */
public record Cardholder(
    String customerId,
    Integer ageYears,
    String homeCity,
    double homeLatDegrees,
    double homeLonDegrees) {

  public Cardholder {
    Objects.requireNonNull(customerId, "customerId");
  }
}
