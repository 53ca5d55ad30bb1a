package dev.flagstream.generator.population;

import java.util.Random;

/**
 * The number from which everything random follows.
 *
 * <p>Each purpose gets its own stream, so that drawing more merchants does not change the
 * customers.
 */
public record Seed(long value) {

  /**
   * A fresh stream of random numbers that depends on this seed and the purpose only. Its algorithm
   * is part of Java's specification, so it gives the same numbers everywhere.
   */
  public Random random(String purpose) {
    return new Random(of(purpose).value);
  }

  /** Another seed that depends on this one and on a purpose. */
  public Seed of(String purpose) {
    return with(purpose.hashCode());
  }

  /** Another seed that depends on this one and on a further number. */
  public Seed with(long further) {
    return new Seed(mixed(value, further));
  }

  /** What {@link #with} gives, without an object: for what happens millions of times a second. */
  public static long mixed(long seed, long further) {
    return mix(mix(seed) + further);
  }

  /** As {@link #mixed(long, long)}, with two further numbers. */
  public static long mixed(long seed, long further, long furthest) {
    return mix(mixed(seed, further) + furthest);
  }

  /** SplitMix64's finalizer: a one-to-one map under which similar numbers end far apart. */
  static long mix(long number) {
    long mixed = number + RandomStream.GOLDEN_GAMMA;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
