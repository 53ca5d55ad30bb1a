package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Weighted;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The holder pays: mostly at favourite merchants, sometimes at others of the city; the amount
 * follows from the customer's mean and the price levels of category and merchant.
 */
final class HonestSpending {

  private static final double FAVOURITE_SHARE = 0.85;
  private static final double[] RANK_CUMULATIVE = {0.6, 0.9, 1};
  private static final long CASH_STEP_CENTS = 2_000;

  private static final List<MerchantCategory> ALL = List.of(MerchantCategory.values());
  private static final Weighted<MerchantCategory> CATEGORIES =
      Weighted.of(ALL, MerchantCategory::share);
  private static final Weighted<MerchantCategory> WITH_TERMINAL =
      Weighted.of(ALL, category -> category.hasTerminal() ? category.share() : 0);

  private final Scene scene;

  HonestSpending(Scene scene) {
    this.scene = scene;
  }

  /** The share of honest transactions at merchants that have a terminal. */
  static double terminalShare() {
    return Arrays.stream(MerchantCategory.values())
        .filter(MerchantCategory::hasTerminal)
        .mapToDouble(MerchantCategory::share)
        .sum();
  }

  /** What a customer does next in a city. */
  Purchase purchase(long timeMs, Customer customer, City city, RandomStream random) {
    return purchase(timeMs, customer, city, CATEGORIES.draw(random), random);
  }

  /** The same, but where the card is used at a terminal. */
  Purchase atTerminal(long timeMs, Customer customer, City city, RandomStream random) {
    return purchase(timeMs, customer, city, WITH_TERMINAL.draw(random), random);
  }

  private Purchase purchase(
      long timeMs, Customer customer, City city, MerchantCategory category, RandomStream random) {
    int card = scene.card(customer, random);
    Merchant merchant = merchant(customer, city, category, random);
    long cents = cents(customer, merchant, random);
    return category.inPerson()
        ? Purchase.inPerson(timeMs, customer, card, merchant, cents, Optional.empty())
        : Purchase.online(timeMs, customer, card, merchant, city, cents, Optional.empty());
  }

  private Merchant merchant(
      Customer customer, City city, MerchantCategory category, RandomStream random) {
    boolean usual = random.nextDouble() < FAVOURITE_SHARE;
    boolean atHome = city.index() == customer.homeCity().index();
    return usual && (atHome || !category.inPerson())
        ? scene.world().customers().favourite(customer, category, rank(random), scene.lookup())
        : scene.world().merchants().any(city, category, random);
  }

  private static int rank(RandomStream random) {
    double at = random.nextDouble();
    int rank = 0;
    while (at >= RANK_CUMULATIVE[rank]) {
      rank++;
    }
    return rank;
  }

  private static long cents(Customer customer, Merchant merchant, RandomStream random) {
    double priceLevel = merchant.category().priceLevel() * merchant.priceLevel();
    long cents = Amounts.usual(customer, priceLevel, random);
    return merchant.category() == MerchantCategory.CASH ? banknotes(cents) : cents;
  }

  /** A cash machine gives twenties. */
  static long banknotes(long cents) {
    return Math.max(1, Math.round((double) cents / CASH_STEP_CENTS)) * CASH_STEP_CENTS;
  }
}
