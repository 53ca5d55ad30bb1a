package dev.flagstream.generator.population;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A choice among things, each as likely as its weight says. Immutable.
 *
 * @param <T> what is chosen
 */
public final class Weighted<T> {

  private final List<T> choices;
  private final double[] cumulative;

  private Weighted(List<T> choices, double[] cumulative) {
    this.choices = choices;
    this.cumulative = cumulative;
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
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    // A boundary belongs to the choice that begins there; a weight of 0 is stepped over.
    int index = found >= 0 ? found + 1 : -found - 1;
    return choices.get(Math.min(index, cumulative.length - 1));
  }

  /** The probability of a choice by its place in the list. */
  double probability(int index) {
    double before = index == 0 ? 0 : cumulative[index - 1];
    return (cumulative[index] - before) / cumulative[cumulative.length - 1];
  }
}
