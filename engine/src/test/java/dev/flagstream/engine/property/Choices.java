package dev.flagstream.engine.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * What draws statements and records: a list of numbers, used up one after the other.
 *
 * <p>The same numbers make the same draws, and where they have run out, every choice falls on its
 * first. So whoever draws puts the simplest first, and a shorter list of smaller numbers is a
 * simpler example: that is how failures shrink. Not thread-safe.
 */
final class Choices {

  /** The largest number; the smallest is 0. */
  static final int MOST = (1 << 16) - 1;

  private final List<Integer> numbers;
  private int next;

  Choices(List<Integer> numbers) {
    this.numbers = numbers;
  }

  /** So many choices made at random. */
  static Choices random(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(random.nextInt(MOST + 1));
    }
    return new Choices(numbers);
  }

  /** A number from 0 to below a bound. */
  int below(int bound) {
    return next == numbers.size() ? 0 : (int) ((long) numbers.get(next++) * bound / (MOST + 1));
  }

  /** A number between two, both included. */
  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /** Whether something happens that happens once in so many times. */
  boolean onceIn(int times) {
    return below(times) == times - 1;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** One of several ways, which alone is gone. */
  @SafeVarargs
  final <T> T ways(Supplier<? extends T>... ways) {
    return ways[below(ways.length)].get();
  }

  /** As many as asked for. */
  static <T> List<T> times(int count, Supplier<T> drawn) {
    List<T> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(drawn.get());
    }
    return all;
  }

  /** Something that is there once in so many times. */
  <T> Optional<T> maybe(int times, Supplier<T> drawn) {
    return onceIn(times) ? Optional.of(drawn.get()) : Optional.empty();
  }
}
