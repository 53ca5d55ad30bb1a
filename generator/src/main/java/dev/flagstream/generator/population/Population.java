package dev.flagstream.generator.population;

import com.github.javafaker.Faker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The simulated world: customers, their cards and the merchants, made once from a seed.
 *
 * <p>Transactions are drawn from it. Inventing names for every transaction instead would be some
 * three hundred times slower. Immutable and safe to share between threads.
 */
public final class Population {

  private static final String HOME_COUNTRY = "US";
  private static final int MIN_AGE_YEARS = 18;
  private static final int MAX_AGE_YEARS = 90;
  private static final double MEDIAN_MEAN_AMOUNT_CENTS = 5_500;
  private static final double MEAN_AMOUNT_SIGMA = 0.5;
  private static final double MERCHANT_SPREAD_DEGREES = 0.04;

  private final Seed seed;
  private final PopulationSize size;
  private final List<Merchant> merchants;
  private final List<Customer> customers;
  private final List<Card> cards;

  private Population(Seed seed, PopulationSize size) {
    this.seed = seed;
    this.size = size;
    this.merchants = makeMerchants();
    this.customers = makeCustomers();
    this.cards = makeCards();
  }

  /** Makes the population of a seed; the same seed and size always give the same one. */
  public static Population create(Seed seed, PopulationSize size) {
    return new Population(seed, size);
  }

  public Seed seed() {
    return seed;
  }

  public PopulationSize size() {
    return size;
  }

  public List<Merchant> merchants() {
    return merchants;
  }

  public List<Customer> customers() {
    return customers;
  }

  public List<Card> cards() {
    return cards;
  }

  private List<Merchant> makeMerchants() {
    List<City> cities = Cities.load();
    Random random = seed.random("merchants");
    // A fixed locale: the faker's data must not depend on where the generator runs.
    Faker faker = new Faker(Locale.US, seed.random("names"));
    List<Merchant> made = new ArrayList<>(size.merchants());
    for (int i = 0; i < size.merchants(); i++) {
      // Every city gets one merchant before any gets a second.
      City city = i < cities.size() ? cities.get(i) : cities.get(random.nextInt(cities.size()));
      made.add(
          makeMerchant(
              String.format(Locale.ROOT, "M%06d", i + 1), faker.company().name(), city, random));
    }
    return List.copyOf(made);
  }

  private static Merchant makeMerchant(String id, String name, City city, Random random) {
    MerchantCategory[] categories = MerchantCategory.values();
    return new Merchant(
        id,
        name,
        categories[random.nextInt(categories.length)],
        city,
        near(city.latDegrees(), random),
        near(city.lonDegrees(), random));
  }

  private static double near(double centreDegrees, Random random) {
    double degrees = centreDegrees + MERCHANT_SPREAD_DEGREES * (2 * random.nextDouble() - 1);
    return StrictMath.rint(degrees * 10_000) / 10_000;
  }

  private List<Customer> makeCustomers() {
    List<Surroundings> homes = surroundingsOfHomes();
    Random random = seed.random("customers");
    List<Customer> made = new ArrayList<>(size.customers());
    for (int i = 0; i < size.customers(); i++) {
      made.add(
          new Customer(
              String.format(Locale.ROOT, "C%06d", i + 1),
              MIN_AGE_YEARS + random.nextInt(MAX_AGE_YEARS - MIN_AGE_YEARS + 1),
              homes.get(random.nextInt(homes.size())),
              MEDIAN_MEAN_AMOUNT_CENTS
                  * StrictMath.exp(MEAN_AMOUNT_SIGMA * random.nextGaussian())));
    }
    return List.copyOf(made);
  }

  private List<Surroundings> surroundingsOfHomes() {
    Map<City, List<Merchant>> merchantsByCity = new LinkedHashMap<>();
    for (Merchant merchant : merchants) {
      merchantsByCity.computeIfAbsent(merchant.city(), city -> new ArrayList<>()).add(merchant);
    }
    return merchantsByCity.keySet().stream()
        .filter(city -> city.country().equals(HOME_COUNTRY))
        .map(city -> Surroundings.of(city, merchantsByCity))
        .toList();
  }

  private List<Card> makeCards() {
    Random random = seed.random("cards");
    CardNumbers numbers = new CardNumbers(random);
    List<Card> made = new ArrayList<>(size.cards());
    for (int i = 0; i < size.cards(); i++) {
      // Every customer gets a card before any gets a second.
      int holder = i < customers.size() ? i : random.nextInt(customers.size());
      made.add(new Card(numbers.next(), customers.get(holder)));
    }
    return List.copyOf(made);
  }
}
