package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.RandomStream;

/**
 * A fraud of days. Its transactions are drawn one by one, each from all campaigns that are under
 * way, so that no campaign need be remembered however many there are.
 */
public sealed interface Campaign extends Fraud permits AccountTakeover, BustOut {

  /** How many days (of UTC) one lasts. */
  int days();

  /** How many fraudulent transactions one has on average. */
  double meanFrauds();

  /**
   * Which part of its transactions falls on a day.
   *
   * @param day 0 to {@link #days()} - 1; all parts make 1
   */
  double shareOfDay(int day);

  /** Whether it happens when the customers are active, and not at any hour. */
  boolean followsActivity();

  /**
   * Decides one transaction.
   *
   * @param day of the campaign, from 0
   * @param campaign the numbers of this campaign, the same for each of its transactions
   * @param random the numbers of this transaction alone
   */
  Purchase purchase(long timeMs, int day, Scene scene, RandomStream campaign, RandomStream random);
}
