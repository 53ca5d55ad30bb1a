package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.RandomStream;
import java.util.function.Consumer;

/** A fraud of a few hours at most: all its transactions are planned when it begins. */
public sealed interface Burst extends Fraud permits CardTesting, ImpossibleTravel, AtmCashOut {

  /** How many fraudulent transactions one has on average. */
  double meanFrauds();

  /** How many honest ones it takes besides, on average. */
  default double meanHonest() {
    return 0;
  }

  /** The longest time from the beginning to the last transaction, in milliseconds. */
  long longestMs();

  /**
   * How much likelier than on average one begins in a quarter of an hour of the day.
   *
   * @param quarter 0 to 95, of the day in UTC
   */
  default double startLevel(int quarter) {
    return 1;
  }

  /**
   * Decides all transactions.
   *
   * @param startMs when it begins
   * @param random the numbers of this burst alone
   */
  void plan(long startMs, Scene scene, RandomStream random, Consumer<Purchase> plan);
}
