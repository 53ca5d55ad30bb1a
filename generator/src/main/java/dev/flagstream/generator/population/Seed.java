package dev.flagstream.generator.population;

import java.util.Random;

/**
 * The number from which everything random follows.
 *
 * <p>Each purpose gets its own stream, so that drawing more merchants does not change the cards.
 * The streams are {@link Random}s because that algorithm is part of the Java specification: the
 * same seed means the same numbers on every machine and every Java version.
 */
public record Seed(long value) {

  /** A fresh stream of random numbers that depends on this seed and the purpose only. */
  public Random random(String purpose) {
    return new Random(with(purpose.hashCode()).value);
  }

  /** Another seed that depends on this one and on a further number. */
  public Seed with(long further) {
    return new Seed(mix(mix(value) + further));
  }

  /** SplitMix64's finalizer: a one-to-one map under which similar numbers end far apart. */
  private static long mix(long number) {
    long mixed = number + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
