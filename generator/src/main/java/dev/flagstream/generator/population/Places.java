package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Location;

/** Places near the centre of a city, to the fourth decimal of a degree: some eleven metres. */
final class Places {

  private static final double SPREAD_DEGREES = 0.04;
  private static final double STEPS_PER_DEGREE = 10_000;

  private Places() {}

  /** A coordinate within four kilometres or so of a centre's. */
  static double near(double centreDegrees, RandomStream random) {
    double degrees = centreDegrees + SPREAD_DEGREES * (2 * random.nextDouble() - 1);
    return Math.rint(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;
  }

  static Location in(City city, double latDegrees, double lonDegrees) {
    return new Location(city.name(), city.state(), city.country(), latDegrees, lonDegrees);
  }
}
