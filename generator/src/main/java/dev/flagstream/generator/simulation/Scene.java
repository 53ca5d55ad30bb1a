package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.World;
import java.util.List;

/** Looks things up in the world for those who act in it. Serves one thread. */
final class Scene {

  private final World world;
  private final HonestSpending honestSpending;
  private final RandomStream lookup = new RandomStream();

  Scene(World world) {
    this.world = world;
    this.honestSpending = new HonestSpending(this);
  }

  World world() {
    return world;
  }

  HonestSpending honestSpending() {
    return honestSpending;
  }

  /** The random numbers for looking up what follows from the seed alone. */
  RandomStream lookup() {
    return lookup;
  }

  Customer customer(int index) {
    return world.customers().get(index, lookup);
  }

  /** Any customer, each as likely as the other. */
  Customer anyCustomer(RandomStream random) {
    return customer(random.below(world.customers().size()));
  }

  /** Where the holder is, or null on the way from one city to another. */
  City whereaboutsOrNull(Customer customer, long timeMs) {
    return world.travels().cityOrNullOnTheWay(customer, timeMs, lookup);
  }

  /** Where the holder is; the home city for one on the way. */
  City whereabouts(Customer customer, long timeMs) {
    City city = whereaboutsOrNull(customer, timeMs);
    return city == null ? customer.homeCity() : city;
  }

  int card(Customer customer, RandomStream random) {
    return world.customers().cardInUse(customer, random);
  }

  /** Any merchant of any of the categories that serves a city. */
  Merchant merchant(City city, List<MerchantCategory> categories, RandomStream random) {
    MerchantCategory category = categories.get(random.below(categories.size()));
    return world.merchants().any(city, category, random);
  }
}
