package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.RandomStream;

/** The numbers from one to another that is not smaller; both at least 0. */
public record Range(double min, double max) {

  public Range {
    if (!(min >= 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("no range: from " + min + " to " + max);
    }
  }

  double mean() {
    return (min + max) / 2;
  }

  /** A number of the range; each is as likely as any other. */
  double draw(RandomStream random) {
    return random.between(min, max);
  }

  /** Uniform among the whole numbers from the one to the other. */
  int drawWhole(RandomStream random) {
    return random.between((int) min, (int) max);
  }
}
