package dev.flagstream.generator.population;

/**
 * When in a day customers pay. Each of four types of people has a density over 24 hours, a mixture
 * of normal humps that wrap around midnight over an even floor; each customer lives up to an hour
 * earlier or later than the type. Levels are relative: a customer's mean over the day is 1. Hours
 * are UTC for everybody, as for the feature {@code night}: this world has one clock. Immutable.
 */
public final class DailyActivity {

  /** How finely a day is divided. */
  public static final int QUARTERS_PER_DAY = 96;

  /** How many bits choose a customer's activity. */
  static final int BITS = 11;

  private static final double FLOOR = 0.08;
  private static final double QUARTERS_PER_HOUR = 4;
  private static final int MAX_SHIFT_QUARTERS = 4;
  private static final int SHIFTS = 2 * MAX_SHIFT_QUARTERS + 1;
  private static final double HOURS_PER_DAY = 24;

  /** A normal curve over the hours of the day, with its share of all payments. */
  private record Hump(double peakHour, double deviationHours, double share) {}

  private static final Hump[][] TYPES = {
    {new Hump(8.5, 2.0, 0.6), new Hump(16, 2.5, 0.4)}, // early birds
    {new Hump(12, 2.5, 0.55), new Hump(17, 2.5, 0.45)}, // people at home by day
    {new Hump(12.5, 1.0, 0.35), new Hump(18.5, 1.8, 0.65)}, // people at work by day
    {new Hump(14, 2.5, 0.3), new Hump(21, 2.0, 0.7)} // night owls
  };

  /** How many of twenty customers are of each type. */
  private static final int[] TWENTIETHS = {4, 6, 7, 3};

  private final double[][] levels;
  private final int[] variantOfBits = new int[1 << BITS];
  private final double[] mean = new double[QUARTERS_PER_DAY];
  private final double[] highest = new double[QUARTERS_PER_DAY];

  public DailyActivity() {
    levels = new double[TYPES.length * SHIFTS][];
    for (int type = 0; type < TYPES.length; type++) {
      double[] ofType = levelsOf(TYPES[type]);
      for (int shift = 0; shift < SHIFTS; shift++) {
        levels[type * SHIFTS + shift] = shifted(ofType, shift - MAX_SHIFT_QUARTERS);
      }
    }
    assignVariants();
    computeMean();
    computeHighest();
  }

  /** Which quarter of an hour of the day an instant is in. */
  public static int quarterOf(long timeMs) {
    return (int) (Math.floorMod(timeMs, 86_400_000L) / 900_000L);
  }

  /** How active a customer is in a quarter of an hour; 1 is the customer's mean over the day. */
  double level(int customerBits, int quarter) {
    return levels[variantOfBits[customerBits]][quarter];
  }

  /** The mean over all customers that there could be. */
  public double mean(int quarter) {
    return mean[quarter];
  }

  /** The level of the most active customers. */
  double highest(int quarter) {
    return highest[quarter];
  }

  private static double[] levelsOf(Hump[] humps) {
    double[] density = new double[QUARTERS_PER_DAY];
    double sum = 0;
    for (int quarter = 0; quarter < QUARTERS_PER_DAY; quarter++) {
      double hour = (quarter + 0.5) / QUARTERS_PER_HOUR;
      for (Hump hump : humps) {
        density[quarter] += hump.share * wrappedNormal(hour - hump.peakHour, hump.deviationHours);
      }
      sum += density[quarter];
    }
    for (int quarter = 0; quarter < QUARTERS_PER_DAY; quarter++) {
      density[quarter] = FLOOR + (1 - FLOOR) * density[quarter] * QUARTERS_PER_DAY / sum;
    }
    return density;
  }

  private static double wrappedNormal(double fromPeakHours, double deviationHours) {
    double density = 0;
    for (int days = -1; days <= 1; days++) {
      double z = (fromPeakHours + days * HOURS_PER_DAY) / deviationHours;
      density += StrictMath.exp(-z * z / 2) / deviationHours;
    }
    return density;
  }

  private static double[] shifted(double[] levels, int quarters) {
    double[] shifted = new double[levels.length];
    for (int quarter = 0; quarter < levels.length; quarter++) {
      shifted[Math.floorMod(quarter + quarters, levels.length)] = levels[quarter];
    }
    return shifted;
  }

  private void assignVariants() {
    int slots = 20 * SHIFTS;
    for (int bits = 0; bits < variantOfBits.length; bits++) {
      int slot = bits * slots / variantOfBits.length;
      variantOfBits[bits] = typeOf(slot / SHIFTS) * SHIFTS + slot % SHIFTS;
    }
  }

  private static int typeOf(int twentieth) {
    int type = 0;
    int end = TWENTIETHS[0];
    while (twentieth >= end) {
      type++;
      end += TWENTIETHS[type];
    }
    return type;
  }

  private void computeMean() {
    for (int variant : variantOfBits) {
      for (int quarter = 0; quarter < QUARTERS_PER_DAY; quarter++) {
        mean[quarter] += levels[variant][quarter] / variantOfBits.length;
      }
    }
  }

  private void computeHighest() {
    for (double[] ofVariant : levels) {
      for (int quarter = 0; quarter < QUARTERS_PER_DAY; quarter++) {
        highest[quarter] = Math.max(highest[quarter], ofVariant[quarter]);
      }
    }
  }
}
