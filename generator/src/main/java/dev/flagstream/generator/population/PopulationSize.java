package dev.flagstream.generator.population;

/** How many customers, cards and merchants a simulated world has. */
public record PopulationSize(int customers, int cards, int merchants) {

  public static final PopulationSize DEFAULT = new PopulationSize(5_000, 10_000, 2_000);

  private static final int MAX = 5_000_000;

  public PopulationSize {
    requireInRange("customers", customers);
    requireInRange("cards", cards);
    requireInRange("merchants", merchants);
  }

  private static void requireInRange(String what, int number) {
    if (number < 1 || number > MAX) {
      throw new IllegalArgumentException(
          "the number of " + what + " must be 1 to " + MAX + ", not " + number);
    }
  }
}
