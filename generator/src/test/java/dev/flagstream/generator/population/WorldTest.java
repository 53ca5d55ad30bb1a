package dev.flagstream.generator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/** A statistical test fails by chance once in a thousand seeds; the seed here is one that holds. */
class WorldTest {

  private static final double ALPHA = 0.001;
  private static final int CUSTOMERS = 20_000;

  private final World world = World.create(new Seed(42), CUSTOMERS, 5_000);
  private final Cities cities = world.cities();
  private final RandomStream random = new RandomStream();
  private final List<Customer> customers =
      IntStream.range(0, CUSTOMERS)
          .mapToObj(index -> world.customers().get(index, random))
          .toList();

  @Test
  void knowsACustomerBySeedAndIndexAlone() {
    World larger = World.create(new Seed(42), 1_000_000_000, 6_000);

    assertThat(larger.customers().get(7, new RandomStream())).isEqualTo(customers.get(7));
    assertThat(larger.customers().cardNumber(customers.get(7), 0))
        .isEqualTo(world.customers().cardNumber(customers.get(7), 0));
  }

  @Test
  void givesNoTwoCustomersTheSameIdOrCard() {
    Set<String> ids = new HashSet<>();
    Set<String> cards = new HashSet<>();
    for (Customer customer : customers) {
      assertThat(ids.add(customer.cardholder().customerId())).isTrue();
      for (int card = 0; card < customer.cards(); card++) {
        assertThat(cards.add(world.customers().cardNumber(customer, card))).isTrue();
      }
    }
    // 70 % have one card, 25 % two and 5 % three: 1.35 on average.
    assertThat(cards.size() / (double) CUSTOMERS).isCloseTo(1.35, within(0.02));
  }

  @Test
  void settlesCustomersInAmericanCitiesByTheirSize() {
    List<City> homes = cities.all().stream().filter(City::isAtHome).toList();
    double total = homes.stream().mapToDouble(city -> Math.pow(city.index() + 1, -0.75)).sum();
    double[] expected =
        homes.stream()
            .mapToDouble(city -> CUSTOMERS * Math.pow(city.index() + 1, -0.75) / total)
            .toArray();
    long[] observed = new long[homes.size()];
    for (Customer customer : customers) {
      assertThat(customer.homeCity().country()).isEqualTo("US");
      assertThat(customer.home().latDegrees())
          .isCloseTo(customer.homeCity().latDegrees(), within(0.0401));
      assertThat(customer.home().lonDegrees())
          .isCloseTo(customer.homeCity().lonDegrees(), within(0.0401));
      observed[customer.homeCity().index()]++;
    }

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
  }

  @Test
  void spreadsAgesEvenlyFrom18To90() {
    long[] observed = new long[73];
    customers.forEach(customer -> observed[customer.cardholder().ageYears() - 18]++);
    double[] expected = new double[73];
    Arrays.fill(expected, CUSTOMERS / 73.0);

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
  }

  @Test
  void spreadsSpendingLevelsLogNormally() {
    double[] logarithms =
        customers.stream().mapToDouble(c -> Math.log(c.meanAmountCents())).toArray();

    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new NormalDistribution(Math.log(5_500), 0.5), logarithms);

    assertThat(p).isGreaterThan(ALPHA);
  }

  @Test
  void letsCustomersPayTwiceADayOnAverageAndFiveTimesAtMost() {
    DescriptiveStatistics frequencies = new DescriptiveStatistics();
    for (int index = 0; index < CUSTOMERS; index++) {
      frequencies.addValue(world.customers().dailyFrequency(index));
    }

    // 0.4 + 4.5 u² has the mean 1.9 and the standard deviation 4.5 · sqrt(4 / 45) = 1.342.
    assertThat(frequencies.getMean()).isCloseTo(1.9, within(4 * 1.342 / Math.sqrt(CUSTOMERS)));
    assertThat(frequencies.getStandardDeviation()).isCloseTo(1.342, within(0.02));
    assertThat(frequencies.getMin()).isGreaterThanOrEqualTo(0.4);
    assertThat(frequencies.getMax()).isLessThan(4.9);
  }

  @Test
  void keepsTheMeanOfActivityOverTheDayAtOne() {
    DailyActivity activity = new DailyActivity();
    for (int bits = 0; bits < 1 << DailyActivity.BITS; bits++) {
      double sum = 0;
      for (int quarter = 0; quarter < DailyActivity.QUARTERS_PER_DAY; quarter++) {
        sum += activity.level(bits, quarter);
        assertThat(activity.level(bits, quarter))
            .isPositive()
            .isLessThanOrEqualTo(activity.highest(quarter));
      }
      assertThat(sum / DailyActivity.QUARTERS_PER_DAY).isCloseTo(1, within(1e-9));
    }
    // Three at night against half past twelve.
    assertThat(activity.mean(12) * 8).isLessThan(activity.mean(50));
  }

  @Test
  void givesEveryCityEveryKindOfMerchantNearItsCentre() {
    Merchants merchants = world.merchants();
    assertThat(merchants.size()).isEqualTo(5_000);
    for (City city : cities.all()) {
      for (MerchantCategory category : MerchantCategory.values()) {
        assertThat(merchants.count(city, category)).isPositive();
        for (int number = 0; number < merchants.count(city, category); number++) {
          Merchant merchant = merchants.of(city, category, number);
          assertThat(merchant.category()).isEqualTo(category);
          assertThat(merchant.acceptor().mcc()).matches("[0-9]{4}");
          if (category.inPerson()) {
            assertThat(merchant.city()).isEqualTo(city);
            assertThat(merchant.location().latDegrees())
                .isCloseTo(city.latDegrees(), within(0.0401));
          }
        }
      }
    }
    assertThat(IntStream.range(0, 5_000).mapToObj(i -> merchants.get(i).acceptor().merchantId()))
        .doesNotHaveDuplicates();
  }

  @Test
  void remembersFavouritesAndFindsThemWithinTheRadiusMostly() {
    int near = 0;
    int asked = 0;
    for (Customer customer : customers.subList(0, 2_000)) {
      Merchant favourite =
          world.customers().favourite(customer, MerchantCategory.GROCERY, 0, random);
      assertThat(world.customers().favourite(customer, MerchantCategory.GROCERY, 0, random))
          .isEqualTo(favourite);
      assertThat(favourite.city()).isEqualTo(customer.homeCity());
      double lat = favourite.location().latDegrees() - customer.home().latDegrees();
      double lon = favourite.location().lonDegrees() - customer.home().lonDegrees();
      near += Math.hypot(lat, lon) <= 0.03 ? 1 : 0;
      asked++;
    }

    // A random merchant of the city is that close in a third of the cases.
    assertThat(near / (double) asked).isGreaterThan(0.7);
  }

  @Test
  void sendsFewAwayAndNobodyFasterThanAPlane() {
    long hourMs = 3_600_000;
    long weeks = 40;
    long away = 0;
    long onTheWay = 0;
    long hours = 0;
    for (Customer customer : customers.subList(0, 1_500)) {
      City lastCity = customer.homeCity();
      long lastMs = 0;
      for (long timeMs = 0; timeMs < weeks * 7 * 24 * hourMs; timeMs += hourMs) {
        City city = world.travels().cityOrNullOnTheWay(customer, timeMs, random);
        hours++;
        if (city == null) {
          onTheWay++;
          continue;
        }
        away += city.equals(customer.homeCity()) ? 0 : 1;
        if (!city.equals(lastCity)) {
          double km = cities.distanceKm(lastCity, city);
          assertThat(km / ((timeMs - lastMs) / (double) hourMs)).isLessThan(801);
        }
        lastCity = city;
        lastMs = timeMs;
      }
    }
    // One week in 25, for one and a half of its seven days.
    assertThat(away / (double) hours).isCloseTo(0.04 * 1.5 / 7, within(0.001));
    double share = world.travels().shareOnTheWay();
    assertThat(onTheWay / (double) hours).isCloseTo(share, within(share / 8));
  }

  @Test
  void makesTheSharesOfTheCategoriesOneAndTheirPricesFair() {
    double share = 0;
    double price = 0;
    for (MerchantCategory category : MerchantCategory.values()) {
      share += category.share();
      price += category.share() * category.priceLevel();
    }
    assertThat(share).isCloseTo(1, within(1e-9));
    assertThat(price).isCloseTo(1, within(1e-9));
  }

  @Test
  void holdsATableOfDistinctCitiesMostlyAtHome() {
    assertThat(cities.all())
        .hasSizeBetween(60, 100)
        .extracting(city -> city.name() + "/" + city.state() + "/" + city.country())
        .doesNotHaveDuplicates();
    assertThat(cities.all().stream().filter(City::isAtHome).count())
        .isGreaterThan(cities.all().size() / 2);
  }

  @Test
  void measuresDistancesOnTheGlobe() {
    City newYork = city("New York");
    City losAngeles = city("Los Angeles");

    assertThat(cities.distanceKm(newYork, losAngeles)).isCloseTo(3_936, within(20.0));
    assertThat(cities.distanceKm(newYork, newYork)).isZero();
  }

  @Test
  void refusesSizesThatMakeNoWorld() {
    assertThatThrownBy(() -> World.create(new Seed(1), 0, 5_000))
        .hasMessage("the number of customers must be 1 to 1000000000, not 0");
    assertThatThrownBy(() -> World.create(new Seed(1), 1, 10))
        .hasMessageStartingWith("the number of merchants must be at least");
  }

  private City city(String name) {
    return cities.all().stream().filter(city -> city.name().equals(name)).findFirst().orElseThrow();
  }
}
