package dev.flagstream.generator.population;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Random numbers that begin anew at any seed without making an object, so that a customer or a
 * minute is the same whenever it is computed.
 *
 * <p>The algorithm is SplitMix64 (Steele, Lea, Flood 2014), written here because its numbers must
 * be the same on every Java version, which {@code SplittableRandom} does not promise. Not safe for
 * use by several threads.
 */
public final class RandomStream implements UniformRandomProvider {

  static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private static final double UNIT_53_BITS = 0x1p-53;

  private final ZigguratSampler.NormalizedGaussian gaussian =
      ZigguratSampler.NormalizedGaussian.of(this);
  private final ZigguratSampler.Exponential exponential = ZigguratSampler.Exponential.of(this);

  private long state;

  /** Begins the numbers of a seed, and gives this stream. */
  public RandomStream startAt(long seed) {
    state = seed;
    return this;
  }

  @Override
  public long nextLong() {
    long now = state;
    state += GOLDEN_GAMMA;
    return Seed.mix(now);
  }

  /** Uniform from 0 (inclusive) to 1 (exclusive). */
  @Override
  public double nextDouble() {
    return unit(nextLong());
  }

  /** Uniform from 0 (inclusive) to a number (exclusive) that is above 0. */
  public int below(int end) {
    return (int) Math.multiplyHigh(nextLong() >>> 1, (long) end << 1);
  }

  /** Uniform from one whole number to another, both inclusive. */
  public int between(int min, int max) {
    return min + below(max - min + 1);
  }

  /** Uniform from one number (inclusive) to another. */
  public double between(double min, double max) {
    return min + (max - min) * nextDouble();
  }

  /** Normal with mean 0 and standard deviation 1. */
  public double nextGaussian() {
    return gaussian.sample();
  }

  /** Exponential with mean 1. */
  public double nextExponential() {
    return exponential.sample();
  }

  /** Poisson: how many arrivals of rate 1 fall before the mean. Takes time in proportion to it. */
  public int nextPoisson(double mean) {
    int arrivals = 0;
    for (double at = nextExponential(); at < mean; at += nextExponential()) {
      arrivals++;
    }
    return arrivals;
  }

  /** A random number made of 64 random bits: uniform from 0 (inclusive) to 1 (exclusive). */
  static double unit(long bits) {
    return (bits >>> 11) * UNIT_53_BITS;
  }
}
