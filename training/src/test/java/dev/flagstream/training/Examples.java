package dev.flagstream.training;

import dev.flagstream.training.table.Example;
import java.time.Instant;

/** Rows for tests. */
public final class Examples {

  private Examples() {}

  /** An honest transaction of 10.00. */
  public static Example honest(String time, String card) {
    return new Example(ms(time), card, false, ms(time), null, 10, new double[] {0});
  }

  /** A stolen card pays 10.00. */
  public static Example fraud(String time, String card) {
    return fraud(time, card, "stolen", 10);
  }

  /** A fraud of some kind. */
  public static Example fraud(String time, String card, String scenario, double amount) {
    return new Example(ms(time), card, true, ms(time), scenario, amount, new double[] {0});
  }

  private static long ms(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
