package dev.flagstream.generator.population;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real cities of the table that comes with the generator. Immutable. */
public final class Cities {

  private static final String TABLE = "cities.csv";

  /** City sizes fall with their rank, as Zipf saw; the exponent makes New York an eighth of all. */
  private static final double RANK_EXPONENT = 0.75;

  /** Merchants abroad serve travellers only. */
  private static final double WEIGHT_ABROAD = 0.02;

  private static final int TRIES = 64;

  private final List<City> all;
  private final double[][] distancesKm;
  private final Weighted<City> homes;
  private final Weighted<City> byRisk;

  private Cities(List<City> all) {
    this.all = all;
    this.distancesKm = distancesKm(all);
    this.homes = Weighted.of(all, city -> city.isAtHome() ? weight(city) : 0);
    // Squared, to draw clearly more from the risky end than the scores themselves would.
    this.byRisk = Weighted.of(all, city -> city.riskScore() * city.riskScore());
  }

  public static Cities load() {
    try (InputStream table = Cities.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing from the generator's jar");
      }
      return new Cities(read(table));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }

  /** In the order of the table: those of the home country first, by size. */
  public List<City> all() {
    return all;
  }

  /** The great-circle distance. */
  public double distanceKm(City one, City other) {
    return distancesKm[one.index()][other.index()];
  }

  /** How much happens in a city compared with the others. */
  double weight(City city) {
    return city.isAtHome() ? StrictMath.pow(city.index() + 1.0, -RANK_EXPONENT) : WEIGHT_ABROAD;
  }

  /** Where customers live: the larger a city, the more of them. */
  Weighted<City> homes() {
    return homes;
  }

  /** Any city; the riskier it is, the likelier. */
  public City risky(RandomStream random) {
    return byRisk.draw(random);
  }

  /**
   * A city at least {@code minKm} away; the riskier it is, the likelier. The farthest if all are
   * closer.
   */
  public City riskyFarFrom(City from, double minKm, RandomStream random) {
    City farthest = from;
    for (int i = 0; i < TRIES; i++) {
      City city = byRisk.draw(random);
      if (distanceKm(from, city) >= minKm) {
        return city;
      }
      if (distanceKm(from, city) > distanceKm(from, farthest)) {
        farthest = city;
      }
    }
    return farthest;
  }

  private static double[][] distancesKm(List<City> cities) {
    double[][] distances = new double[cities.size()][cities.size()];
    for (City one : cities) {
      for (City other : cities) {
        distances[one.index()][other.index()] = one.distanceKm(other);
      }
    }
    return distances;
  }

  private static List<City> read(InputStream table) throws IOException {
    List<City> cities = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(table, StandardCharsets.UTF_8)) {
      for (NamedCsvRecord row : rows) {
        cities.add(
            new City(
                cities.size(),
                row.getField("city"),
                row.getField("state"),
                row.getField("country"),
                Double.parseDouble(row.getField("lat")),
                Double.parseDouble(row.getField("lon")),
                Double.parseDouble(row.getField("risk"))));
      }
    }
    return List.copyOf(cities);
  }
}
