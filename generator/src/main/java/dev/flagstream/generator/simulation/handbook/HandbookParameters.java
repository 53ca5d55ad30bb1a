package dev.flagstream.generator.simulation.handbook;

import java.time.Instant;

/**
 * The simulator of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot, Bontempi), with its
 * constants. Only the seed is free.
 *
 * @param seed the number from which everything random follows
 */
public record HandbookParameters(long seed) {

  public static final int CUSTOMERS = 5_000;
  public static final int TERMINALS = 10_000;

  /** The Handbook's data begin here; before it nothing happens. */
  public static final Instant START = Instant.parse("2018-04-01T00:00:00Z");

  /** The Handbook's data end after this many days; a simulation goes on. */
  public static final int DAYS = 183;

  static final double GRID_SIZE = 100;
  static final double RADIUS = 5;
  static final double MIN_MEAN_AMOUNT = 5;
  static final double MAX_MEAN_AMOUNT = 100;
  static final double MAX_PER_DAY = 4;
  static final double MEAN_SECOND_OF_DAY = 43_200;
  static final double DEVIATION_SECOND_OF_DAY = 20_000;
  static final int SECONDS_PER_DAY = 86_400;

  /** Scenario 1: every amount above this is a fraud. */
  static final long HIGH_AMOUNT_CENTS = 22_000;

  /** Scenario 2: how many terminals a day, and for how many days. */
  static final int TERMINALS_A_DAY = 2;

  static final int TERMINAL_DAYS = 28;

  /**
   * Scenario 3: how many customers a day, and for how many days; one transaction in three, times
   * five.
   */
  static final int CUSTOMERS_A_DAY = 3;

  static final int CUSTOMER_DAYS = 14;
  static final int ONE_IN = 3;
  static final int AMOUNT_FACTOR = 5;
}
