package dev.flagstream.generator.population;

import com.github.javafaker.Faker;
import dev.flagstream.generator.transaction.Acceptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All merchants, by city and category: every city has at least one of each category that is paid in
 * person, and what is sold online is sold everywhere. Some 500 bytes each. Immutable.
 */
public final class Merchants {

  /** Inventing a name takes so long that merchants share them, as the shops of a chain do. */
  private static final int BRANDS_PER_CATEGORY = 30;

  /** Fewer and larger than shops in a town. */
  private static final double ONLINE_WEIGHT = 0.3;

  private static final double PRICE_SIGMA = 0.25;
  private static final int ID_DIGITS = 7;

  private final Merchant[] all;
  private final double[] latDegrees;
  private final double[] lonDegrees;
  private final Map<MerchantCategory, int[]> first;
  private final Map<MerchantCategory, int[]> count;

  private Merchants(
      Merchant[] all, Map<MerchantCategory, int[]> first, Map<MerchantCategory, int[]> count) {
    this.all = all;
    // A copy, close together: distances are compared far more often than a merchant is chosen.
    this.latDegrees =
        Arrays.stream(all).mapToDouble(each -> each.location().latDegrees()).toArray();
    this.lonDegrees =
        Arrays.stream(all).mapToDouble(each -> each.location().lonDegrees()).toArray();
    this.first = first;
    this.count = count;
  }

  /** How many there must be at least, so that every city has every category. */
  public static int minimum(Cities cities) {
    return groups(cities).size();
  }

  /**
   * Makes the merchants of a seed.
   *
   * @throws IllegalArgumentException if they are too few for every city to have every category
   */
  static Merchants create(Seed seed, Cities cities, int number) {
    List<Group> groups = groups(cities);
    if (number < groups.size()) {
      throw new IllegalArgumentException(
          "the number of merchants must be at least "
              + groups.size()
              + ", so that every city has each kind, not "
              + number);
    }
    Merchant[] all = new Merchant[number];
    Map<MerchantCategory, int[]> first = perCity(cities);
    Map<MerchantCategory, int[]> count = perCity(cities);
    Map<MerchantCategory, List<String>> brands = brands(seed);
    RandomStream random = new RandomStream();
    double totalWeight = groups.stream().mapToDouble(Group::weight).sum();
    double weightSoFar = 0;
    int made = 0;
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      weightSoFar += group.weight;
      // One for each group, and the rest by weight.
      double rest = (number - groups.size()) * (weightSoFar / totalWeight);
      int end = i == groups.size() - 1 ? number : i + 1 + (int) rest;
      for (City city : group.servedCities) {
        first.get(group.category)[city.index()] = made;
        count.get(group.category)[city.index()] = end - made;
      }
      for (; made < end; made++) {
        random.startAt(seed.of("merchants").with(made).value());
        all[made] = merchant(made, group, cities, brands.get(group.category), random);
      }
    }
    return new Merchants(all, first, count);
  }

  public int size() {
    return all.length;
  }

  public Merchant get(int index) {
    return all[index];
  }

  /** How many merchants of a category serve a city: at least one. */
  int count(City city, MerchantCategory category) {
    return count.get(category)[city.index()];
  }

  /** One of the merchants of a category that serve a city, from 0 to {@link #count} - 1. */
  Merchant of(City city, MerchantCategory category, int number) {
    return all[first.get(category)[city.index()] + number];
  }

  /** Any of the merchants of a category that serve a city. */
  public Merchant any(City city, MerchantCategory category, RandomStream random) {
    return all[anyIndex(city, category, random)];
  }

  /** The index of any of the merchants of a category that serve a city. */
  int anyIndex(City city, MerchantCategory category, RandomStream random) {
    return first.get(category)[city.index()] + random.below(count(city, category));
  }

  /** The square of how many degrees a merchant is away from a place. */
  double squaredDegrees(int index, double fromLatDegrees, double fromLonDegrees) {
    double lat = fromLatDegrees - latDegrees[index];
    double lon = fromLonDegrees - lonDegrees[index];
    return lat * lat + lon * lon;
  }

  /** Merchants of one category who serve the same people. */
  private record Group(MerchantCategory category, List<City> servedCities, double weight) {}

  private static Map<MerchantCategory, int[]> perCity(Cities cities) {
    Map<MerchantCategory, int[]> perCity = new EnumMap<>(MerchantCategory.class);
    for (MerchantCategory category : MerchantCategory.values()) {
      perCity.put(category, new int[cities.all().size()]);
    }
    return perCity;
  }

  private static List<Group> groups(Cities cities) {
    List<Group> groups = new ArrayList<>();
    double totalWeight = cities.all().stream().mapToDouble(cities::weight).sum();
    for (MerchantCategory category : MerchantCategory.values()) {
      if (!category.inPerson()) {
        groups.add(new Group(category, cities.all(), category.share() * ONLINE_WEIGHT));
        continue;
      }
      for (City city : cities.all()) {
        double weight = category.share() * cities.weight(city) / totalWeight;
        groups.add(new Group(category, List.of(city), weight));
      }
    }
    return groups;
  }

  private static Merchant merchant(
      int index, Group group, Cities cities, List<String> brands, RandomStream random) {
    City city = group.category.inPerson() ? group.servedCities.get(0) : cities.homes().draw(random);
    double lat = Places.near(city.latDegrees(), random);
    double lon = Places.near(city.lonDegrees(), random);
    String id = PaddedNumbers.of('M', index + 1L, ID_DIGITS);
    String name = brands.get(random.below(brands.size()));
    double priceLevel =
        StrictMath.exp(PRICE_SIGMA * random.nextGaussian() - PRICE_SIGMA * PRICE_SIGMA / 2);
    return new Merchant(
        index,
        new Acceptor(id, name, group.category.label(), group.category.mcc()),
        group.category,
        city,
        Places.in(city, lat, lon),
        priceLevel);
  }

  private static Map<MerchantCategory, List<String>> brands(Seed seed) {
    // A fixed locale: the faker's data must not depend on where the generator runs.
    Faker faker = new Faker(Locale.US, seed.random("names"));
    Map<MerchantCategory, List<String>> brands = new EnumMap<>(MerchantCategory.class);
    for (MerchantCategory category : MerchantCategory.values()) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < BRANDS_PER_CATEGORY; i++) {
        names.add(faker.company().name());
      }
      brands.put(category, List.copyOf(names));
    }
    return brands;
  }
}
