package dev.flagstream.generator.feed;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long it takes until a fraud is reported.
 *
 * <p>A delay is a pure function of a seed and a transaction's id, so that a label that waits need
 * not be remembered: it can be made again from the transaction. All forms are bounded, so that it
 * is known how far back one has to go for that. Immutable and thread-safe.
 */
public sealed interface LabelDelay {

  /** The delay of one transaction's label in milliseconds, 0 to {@link #maxMs}. */
  long delayMs(long seed, String transactionId);

  /** No delay is longer, in milliseconds. */
  long maxMs();

  /** About the mean delay, in milliseconds. */
  double meanMs();

  /** The form that {@link #parse} reads. */
  @Override
  String toString();

  /**
   * Reads {@code 7d} (log-normal with this median), {@code exponential:20s} (with this mean) or
   * {@code constant:7d}.
   *
   * @throws IllegalArgumentException naming the text and the forms, if it is none of them
   */
  static LabelDelay parse(String text) {
    int colon = text.indexOf(':');
    Duration duration = DurationText.parse(text.substring(colon + 1));
    return switch (text.substring(0, Math.max(0, colon))) {
      case "", "lognormal" -> new LogNormal(duration);
      case "exponential" -> new Exponential(duration);
      case "constant" -> new Constant(duration);
      default ->
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "' is not a label delay: give 7d, lognormal:7d, exponential:20s or"
                  + " constant:7d");
    };
  }

  /** Always the same. */
  record Constant(Duration delay) implements LabelDelay {

    @Override
    public long delayMs(long seed, String transactionId) {
      return delay.toMillis();
    }

    @Override
    public long maxMs() {
      return delay.toMillis();
    }

    @Override
    public double meanMs() {
      return delay.toMillis();
    }

    @Override
    public String toString() {
      return "constant:" + DurationText.of(delay);
    }
  }

  /** Memoryless; what would be longer than eight means is drawn again. */
  record Exponential(Duration mean) implements LabelDelay {

    private static final int MAX_MEANS = 8;

    @Override
    public long delayMs(long seed, String transactionId) {
      SplittableRandom random = Chance.of(seed, transactionId);
      long delayMs;
      do {
        delayMs = Math.round(-StrictMath.log1p(-random.nextDouble()) * mean.toMillis());
      } while (delayMs > maxMs());
      return delayMs;
    }

    @Override
    public long maxMs() {
      return MAX_MEANS * mean.toMillis();
    }

    @Override
    public double meanMs() {
      return mean.toMillis();
    }

    @Override
    public String toString() {
      return "exponential:" + DurationText.of(mean);
    }
  }

  /**
   * The logarithm is normal with standard deviation 0.5: two of three delays lie between 0.6 and
   * 1.65 medians. What would be longer than four medians (1 in 360) is drawn again.
   */
  record LogNormal(Duration median) implements LabelDelay {

    private static final double SIGMA = 0.5;
    private static final int MAX_MEDIANS = 4;

    @Override
    public long delayMs(long seed, String transactionId) {
      SplittableRandom random = Chance.of(seed, transactionId);
      long delayMs;
      do {
        delayMs = Math.round(StrictMath.exp(SIGMA * Chance.nextNormal(random)) * median.toMillis());
      } while (delayMs > maxMs());
      return delayMs;
    }

    @Override
    public long maxMs() {
      return MAX_MEDIANS * median.toMillis();
    }

    @Override
    public double meanMs() {
      return StrictMath.exp(SIGMA * SIGMA / 2) * median.toMillis();
    }

    @Override
    public String toString() {
      return "lognormal:" + DurationText.of(median);
    }
  }

  /** Random numbers that follow from a seed and an id. */
  final class Chance {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Chance() {}

    /** SplittableRandom mixes its seed well, so that ids which differ in a digit do not relate. */
    private static SplittableRandom of(long seed, String transactionId) {
      long hash = FNV_OFFSET ^ seed;
      for (int i = 0; i < transactionId.length(); i++) {
        hash = (hash ^ transactionId.charAt(i)) * FNV_PRIME;
      }
      return new SplittableRandom(hash);
    }

    /** By Box and Muller (1958), as nextGaussian differs between Java versions. */
    private static double nextNormal(SplittableRandom random) {
      double radius = Math.sqrt(-2 * StrictMath.log1p(-random.nextDouble()));
      return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
  }
}
