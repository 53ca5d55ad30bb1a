package dev.flagstream.generator.simulation;

import java.util.Random;

/** Amounts whose logarithm is uniform: each doubling is as likely as the next. */
record LogUniform(long minCents, long maxCents) {

  long next(Random random) {
    double ratio = (double) maxCents / minCents;
    return Math.round(minCents * StrictMath.pow(ratio, random.nextDouble()));
  }
}
