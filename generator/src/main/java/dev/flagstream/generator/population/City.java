package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Location;
import java.util.Objects;

/**
 * A real city of the table {@code cities.csv}.
 *
 * @param index its place in the table, from 0
 * @param name the city's name in ASCII
 * @param state the ISO 3166-2 subdivision without its country prefix, such as {@code IL}
 * @param country the ISO 3166-1 alpha-2 code, such as {@code US}
 * @param latDegrees latitude of the centre
 * @param lonDegrees longitude of the centre
 * @param riskScore invented for the simulation, 0 (calm) to 1 (risky); no statement about the place
 */
public record City(
    int index,
    String name,
    String state,
    String country,
    double latDegrees,
    double lonDegrees,
    double riskScore) {

  /** Where the simulated customers live. */
  static final String HOME_COUNTRY = "US";

  private static final double EARTH_RADIUS_KM = 6371.0;

  public City {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(country, "country");
    requireWithin("lat", latDegrees, -90, 90);
    requireWithin("lon", lonDegrees, -180, 180);
    requireWithin("risk", riskScore, 0, 1);
  }

  /** Whether customers live here. */
  boolean isAtHome() {
    return country.equals(HOME_COUNTRY);
  }

  public Location centre() {
    return Places.in(this, latDegrees, lonDegrees);
  }

  /** The great-circle distance to another city, by the haversine formula. */
  public double distanceKm(City other) {
    // StrictMath: neighbourhoods, and with them every transaction, must not depend on the platform.
    double lat = StrictMath.toRadians(latDegrees);
    double otherLat = StrictMath.toRadians(other.latDegrees);
    double halfLat = StrictMath.sin((otherLat - lat) / 2);
    double halfLon = StrictMath.sin(StrictMath.toRadians(other.lonDegrees - lonDegrees) / 2);
    double haversine =
        halfLat * halfLat + StrictMath.cos(lat) * StrictMath.cos(otherLat) * halfLon * halfLon;
    return 2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.min(1, StrictMath.sqrt(haversine)));
  }

  private static void requireWithin(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(what + " " + value + " is outside " + min + " to " + max);
    }
  }
}
