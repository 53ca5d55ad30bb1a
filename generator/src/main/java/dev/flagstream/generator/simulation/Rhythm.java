package dev.flagstream.generator.simulation;

/** How busy all customers together are over day and week. */
public enum Rhythm {
  /** Most pay by day and in the evening, few by night, and more on Fridays and Saturdays. */
  DAY_AND_NIGHT,
  /**
   * The same number of transactions at any time, for a live run that is to keep a rate whenever one
   * starts it. Each customer still pays as often a day as otherwise.
   */
  EVEN
}
