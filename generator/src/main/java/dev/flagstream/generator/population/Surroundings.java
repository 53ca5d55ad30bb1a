package dev.flagstream.generator.population;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Where the people of one city can pay: at home, in the cities nearby, and far away. */
public final class Surroundings {

  private static final double NEAR_KM = 400;
  private static final int NEAR_CITIES = 3;
  private static final double FAR_KM = 1_000;

  private final City home;
  private final List<Merchant> local;
  private final List<Merchant> near;
  private final List<List<Merchant>> farByCity;
  private final double[] cumulativeFarRisk;

  private Surroundings(
      City home, List<Merchant> local, List<Merchant> near, List<List<Merchant>> farByCity) {
    this.home = home;
    this.local = List.copyOf(local);
    this.near = near.isEmpty() ? this.local : List.copyOf(near);
    this.farByCity = List.copyOf(farByCity);
    this.cumulativeFarRisk = cumulativeRisk(farByCity);
  }

  /**
   * What surrounds a city.
   *
   * @param home a city with at least one merchant
   * @param merchantsByCity every city's merchants; its order decides how draws fall
   */
  static Surroundings of(City home, Map<City, List<Merchant>> merchantsByCity) {
    List<Merchant> near =
        merchantsByCity.keySet().stream()
            .filter(city -> !city.equals(home) && home.distanceKm(city) <= NEAR_KM)
            .sorted(Comparator.comparingDouble(home::distanceKm))
            .limit(NEAR_CITIES)
            .flatMap(city -> merchantsByCity.get(city).stream())
            .toList();
    List<List<Merchant>> far = new ArrayList<>();
    merchantsByCity.forEach(
        (city, merchants) -> {
          if (home.distanceKm(city) >= FAR_KM) {
            far.add(merchants);
          }
        });
    return new Surroundings(home, merchantsByCity.get(home), near, far);
  }

  public City home() {
    return home;
  }

  /** A merchant of the home city. */
  public Merchant localMerchant(Random random) {
    return oneOf(local, random);
  }

  /** A merchant of one of the closest cities; of the home city when there is none close. */
  public Merchant nearMerchant(Random random) {
    return oneOf(near, random);
  }

  /** A merchant far away, in any city alike; of the home city in a world with no city far away. */
  public Merchant farMerchant(Random random) {
    return farByCity.isEmpty() ? localMerchant(random) : oneOf(oneOf(farByCity, random), random);
  }

  /** As {@link #farMerchant}, but the riskier a city, the likelier. */
  public Merchant riskyFarMerchant(Random random) {
    if (farByCity.isEmpty()) {
      return localMerchant(random);
    }
    double draw = random.nextDouble() * cumulativeFarRisk[cumulativeFarRisk.length - 1];
    int city = 0;
    while (cumulativeFarRisk[city] < draw) {
      city++;
    }
    return oneOf(farByCity.get(city), random);
  }

  private static double[] cumulativeRisk(List<List<Merchant>> merchantsByCity) {
    double[] cumulative = new double[merchantsByCity.size()];
    double sum = 0;
    for (int city = 0; city < cumulative.length; city++) {
      // Squared, to draw clearly more from the risky end than the scores themselves would.
      double risk = merchantsByCity.get(city).get(0).city().riskScore();
      sum += risk * risk;
      cumulative[city] = sum;
    }
    return cumulative;
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
