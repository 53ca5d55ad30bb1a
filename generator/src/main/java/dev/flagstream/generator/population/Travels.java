package dev.flagstream.generator.population;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is away from home, where and when: a function of customer and week. In one week in 25 (some
 * customers never, some every eighth week) a customer leaves in the first two days, stays away for
 * half a day to two and a half, and is back within the week. Nobody pays between the cities, so
 * honest cards are never faster than a plane. Immutable.
 */
public final class Travels {

  private static final long MS_PER_HOUR = 3_600_000;
  private static final long MS_PER_DAY = 24 * MS_PER_HOUR;
  private static final long MS_PER_WEEK = 7 * MS_PER_DAY;

  private static final double HIGHEST_SHARE_OF_WEEKS = 0.12;
  private static final double MEAN_SHARE_OF_WEEKS = HIGHEST_SHARE_OF_WEEKS / 3;
  private static final double MIN_DISTANCE_KM = 300;
  private static final double SHARE_ABROAD = 0.2;
  private static final double KM_PER_HOUR = 800;
  private static final double CHECK_IN_HOURS = 2;

  private final long seed;
  private final long travellerSeed;
  private final Cities cities;
  private final List<Weighted<City>> destinations;

  Travels(Seed seed, Cities cities) {
    this.seed = seed.of("travels").value();
    this.travellerSeed = seed.of("travellers").value();
    this.cities = cities;
    List<Weighted<City>> all = new ArrayList<>();
    for (City home : cities.all()) {
      all.add(destinationsFrom(home, cities));
    }
    this.destinations = List.copyOf(all);
  }

  /**
   * Where a customer can pay in person at an instant; null on the way from one city to another.
   *
   * @param random whose numbers begin anew, here and for later users of it
   */
  public City cityOrNullOnTheWay(Customer customer, long timeMs, RandomStream random) {
    long week = Math.floorDiv(timeMs, MS_PER_WEEK);
    random.startAt(Seed.mixed(seed, customer.index(), week));
    if (random.nextDouble() >= shareOfWeeks(customer.index())) {
      return customer.homeCity();
    }
    City destination = destinations.get(customer.homeCity().index()).draw(random);
    long wayMs = wayMs(customer.homeCity(), destination);
    long leavesMs = week * MS_PER_WEEK + (long) random.between(0, 2.0 * MS_PER_DAY);
    long leavesAgainMs =
        leavesMs + wayMs + (long) random.between(0.5 * MS_PER_DAY, 2.5 * MS_PER_DAY);
    if (timeMs < leavesMs || timeMs >= leavesAgainMs + wayMs) {
      return customer.homeCity();
    }
    return timeMs >= leavesMs + wayMs && timeMs < leavesAgainMs ? destination : null;
  }

  /** The share of their time that customers spend between cities, on average. */
  public double shareOnTheWay() {
    double meanWayMs = 0;
    Weighted<City> homes = cities.homes();
    for (City home : cities.all()) {
      double ofHome = homes.probability(home.index());
      for (City destination : cities.all()) {
        meanWayMs +=
            ofHome
                * destinations.get(home.index()).probability(destination.index())
                * wayMs(home, destination);
      }
    }
    return MEAN_SHARE_OF_WEEKS * 2 * meanWayMs / MS_PER_WEEK;
  }

  /** Few customers travel much: the square of a uniform number. */
  private double shareOfWeeks(int customer) {
    double uniform = RandomStream.unit(Seed.mixed(travellerSeed, customer));
    return HIGHEST_SHARE_OF_WEEKS * uniform * uniform;
  }

  private long wayMs(City home, City destination) {
    double hours = CHECK_IN_HOURS + cities.distanceKm(home, destination) / KM_PER_HOUR;
    return (long) (hours * MS_PER_HOUR);
  }

  private static Weighted<City> destinationsFrom(City home, Cities cities) {
    double weightAtHome = 0;
    double weightAbroad = 0;
    for (City city : cities.all()) {
      if (cities.distanceKm(home, city) < MIN_DISTANCE_KM) {
        continue;
      }
      if (city.isAtHome()) {
        weightAtHome += cities.weight(city);
      } else {
        weightAbroad += 1;
      }
    }
    double perWeightAtHome = (1 - SHARE_ABROAD) / weightAtHome;
    double eachAbroad = SHARE_ABROAD / weightAbroad;
    return Weighted.of(
        cities.all(),
        city -> {
          if (cities.distanceKm(home, city) < MIN_DISTANCE_KM) {
            return 0;
          }
          return city.isAtHome() ? cities.weight(city) * perWeightAtHome : eachAbroad;
        });
  }
}
