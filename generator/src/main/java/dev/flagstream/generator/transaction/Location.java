package dev.flagstream.generator.transaction;

import java.util.Arrays;
import java.util.Objects;

/** Where a card was used. What transactions say of it is written once. Immutable. */
public final class Location {

  private static final byte[] LOCATION = JsonText.name("location");
  private static final byte[] CITY = JsonText.name("city");
  private static final byte[] STATE = JsonText.name("state");
  private static final byte[] COUNTRY = JsonText.name("country");
  private static final byte[] LAT = JsonText.name("lat");
  private static final byte[] LON = JsonText.name("lon");

  private final String city;
  private final String state;
  private final String country;
  private final double latDegrees;
  private final double lonDegrees;
  private final byte[] json;

  /**
   * Texts may be null, coordinates NaN, where a source does not tell them.
   *
   * @param state the ISO 3166-2 subdivision without its country prefix
   * @param country the ISO 3166-1 alpha-2 code
   */
  public Location(String city, String state, String country, double latDegrees, double lonDegrees) {
    this.city = city;
    this.state = state;
    this.country = country;
    this.latDegrees = latDegrees;
    this.lonDegrees = lonDegrees;
    this.json = written();
  }

  private byte[] written() {
    byte[] object =
        new byte
            [LOCATION.length
                + JsonText.room(CITY, city)
                + JsonText.room(STATE, state)
                + JsonText.room(COUNTRY, country)
                + LAT.length
                + LON.length
                + 2 * JsonText.NUMBER_ROOM];
    int start = JsonText.copy(LOCATION, object, 0);
    int end = JsonText.field(CITY, city, object, start);
    end = JsonText.field(STATE, state, object, end);
    end = JsonText.field(COUNTRY, country, object, end);
    end = JsonText.field(LAT, latDegrees, object, end);
    end = JsonText.field(LON, lonDegrees, object, end);
    // The comma before the first field, if there is one, makes way for the brace.
    object[start] = '{';
    end = Math.max(end, start + 1);
    object[end++] = '}';
    return Arrays.copyOf(object, end);
  }

  public String city() {
    return city;
  }

  public String state() {
    return state;
  }

  public String country() {
    return country;
  }

  public double latDegrees() {
    return latDegrees;
  }

  public double lonDegrees() {
    return lonDegrees;
  }

  /** The field of a transaction that tells it, behind a comma; not to be changed. */
  byte[] json() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Location location
        && Objects.equals(city, location.city)
        && Objects.equals(state, location.state)
        && Objects.equals(country, location.country)
        && Double.compare(latDegrees, location.latDegrees) == 0
        && Double.compare(lonDegrees, location.lonDegrees) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(city, state, country, latDegrees, lonDegrees);
  }

  @Override
  public String toString() {
    return "Location[%s, %s, %s, %s, %s]".formatted(city, state, country, latDegrees, lonDegrees);
  }
}
