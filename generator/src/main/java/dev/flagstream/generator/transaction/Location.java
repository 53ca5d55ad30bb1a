package dev.flagstream.generator.transaction;

import java.util.Objects;

/**
 * Where a card was used.
 *
 * @param state the ISO 3166-2 subdivision without its country prefix
 * @param country the ISO 3166-1 alpha-2 code
 */
public record Location(
    String city, String state, String country, double latDegrees, double lonDegrees) {

  public Location {
    Objects.requireNonNull(city, "city");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(country, "country");
  }
}
