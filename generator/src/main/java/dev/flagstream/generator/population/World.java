package dev.flagstream.generator.population;

/**
 * Where the simulation takes place: cities, merchants, customers and their travels, made from a
 * seed. Immutable and safe to share between threads.
 */
public record World(Cities cities, Merchants merchants, Customers customers, Travels travels) {

  /**
   * Makes the world of a seed; the same seed and numbers always make the same one.
   *
   * @throws IllegalArgumentException if there are too few or too many customers or merchants
   */
  public static World create(Seed seed, int customers, int merchants) {
    Cities cities = Cities.load();
    Merchants made = Merchants.create(seed, cities, merchants);
    return new World(
        cities, made, new Customers(seed, customers, cities, made), new Travels(seed, cities));
  }
}
