package dev.flagstream.generator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PopulationTest {

  private final Population population =
      Population.create(new Seed(42), new PopulationSize(1_000, 2_000, 500));

  @Test
  void givesEveryCardAValidDistinctTestNumber() {
    assertThat(population.cards())
        .hasSize(2_000)
        .extracting(Card::number)
        .doesNotHaveDuplicates()
        .allSatisfy(
            number -> {
              assertThat(number).matches("[0-9]{16}");
              assertThat(passesLuhn(number)).isTrue();
              assertThat(CardNumbers.TEST_PREFIXES)
                  .contains(Integer.parseInt(number.substring(0, 6)));
            });
  }

  @Test
  void givesEveryCustomerACard() {
    assertThat(population.cards().stream().map(card -> card.holder().id()).distinct())
        .hasSize(1_000);
  }

  @Test
  void settlesCustomersInAmericanCitiesThatHaveMerchants() {
    List<City> citiesWithMerchants =
        population.merchants().stream().map(Merchant::city).distinct().toList();

    assertThat(population.customers())
        .allSatisfy(
            customer -> {
              assertThat(customer.home().country()).isEqualTo("US");
              assertThat(citiesWithMerchants).contains(customer.home());
              assertThat(customer.ageYears()).isBetween(18, 90);
            });
    assertThat(population.customers().stream().map(Customer::home).distinct().count())
        .isGreaterThan(50);
  }

  @Test
  void putsMerchantsIntoEveryCityNearItsCentre() {
    assertThat(population.merchants().stream().map(Merchant::city).distinct())
        .containsExactlyInAnyOrderElementsOf(Cities.load());
    assertThat(population.merchants())
        .allSatisfy(
            merchant -> {
              assertThat(merchant.name()).isNotBlank();
              assertThat(merchant.latDegrees())
                  .isCloseTo(merchant.city().latDegrees(), within(0.05));
              assertThat(merchant.lonDegrees())
                  .isCloseTo(merchant.city().lonDegrees(), within(0.05));
            });
  }

  @Test
  void doesNotChangeTheCardsWhenThereAreMoreMerchants() {
    Population larger = Population.create(new Seed(42), new PopulationSize(1_000, 2_000, 600));

    assertThat(larger.cards())
        .extracting(Card::number)
        .isEqualTo(population.cards().stream().map(Card::number).toList());
  }

  @Test
  void showsNoCardNumberInText() {
    Card card = population.cards().get(0);

    assertThat(card.toString()).doesNotContain(card.number().substring(0, 12));
  }

  @Test
  void holdsATableOfDistinctCitiesMostlyAtHome() {
    List<City> cities = Cities.load();

    assertThat(cities)
        .hasSizeBetween(60, 100)
        .extracting(city -> city.name() + "/" + city.state() + "/" + city.country())
        .doesNotHaveDuplicates();
    assertThat(cities.stream().filter(city -> city.country().equals("US")).count())
        .isGreaterThan(cities.size() / 2);
    assertThat(cities.get(0).country()).isEqualTo("US");
  }

  @Test
  void measuresDistancesOnTheGlobe() {
    City newYork = city("New York");
    City losAngeles = city("Los Angeles");

    assertThat(newYork.distanceKm(losAngeles)).isCloseTo(3_936, within(20.0));
    assertThat(newYork.distanceKm(newYork)).isZero();
  }

  @Test
  void refusesSizesThatMakeNoWorld() {
    assertThatThrownBy(() -> new PopulationSize(1, 0, 1))
        .hasMessage("the number of cards must be 1 to 5000000, not 0");
  }

  private static City city(String name) {
    return Cities.load().stream()
        .filter(city -> city.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Luhn as the standard puts it, from the left, unlike the generator's own. */
  private static boolean passesLuhn(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      int weighted = (number.length() - i) % 2 == 0 ? 2 * digit : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }
}
