package dev.flagstream.generator.population;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A choice among things, each as likely as its weight says: by the cumulative weights, with a guide
 * table into them (Chen and Asau 1974), so that drawing takes about two comparisons however many
 * choices there are. Immutable.
 *
 * @param <T> what is chosen
 */
public final class Weighted<T> {

  private final List<T> choices;
  private final double[] cumulative;
  private final int[] guide;

  private Weighted(List<T> choices, double[] cumulative) {
    this.choices = choices;
    this.cumulative = cumulative;
    // A power of two: then every entry is at or before the choices that it leads to, exactly.
    this.guide = new int[Integer.highestOneBit(2 * cumulative.length)];
    for (int i = 1; i < guide.length; i++) {
      double from = (double) i / guide.length * cumulative[cumulative.length - 1];
      guide[i] = from(guide[i - 1], from);
    }
  }

  /**
   * Prepares a choice.
   *
   * @param choices at least one
   * @param weight 0 or more for each, above 0 for at least one
   */
  public static <T> Weighted<T> of(List<T> choices, ToDoubleFunction<T> weight) {
    double[] cumulative = new double[choices.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += weight.applyAsDouble(choices.get(i));
      cumulative[i] = sum;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("nothing to choose among " + choices.size() + " choices");
    }
    return new Weighted<>(List.copyOf(choices), cumulative);
  }

  /** Draws one; takes one random number. */
  public T draw(RandomStream random) {
    double uniform = random.nextDouble();
    int start = guide[(int) (uniform * guide.length)];
    return choices.get(from(start, uniform * cumulative[cumulative.length - 1]));
  }

  /** The first choice from a start on that ends behind a point; a weight of 0 is stepped over. */
  private int from(int start, double at) {
    int index = start;
    while (cumulative[index] <= at && index < cumulative.length - 1) {
      index++;
    }
    return index;
  }

  /** The probability of a choice by its place in the list. */
  double probability(int index) {
    double before = index == 0 ? 0 : cumulative[index - 1];
    return (cumulative[index] - before) / cumulative[cumulative.length - 1];
  }
}
