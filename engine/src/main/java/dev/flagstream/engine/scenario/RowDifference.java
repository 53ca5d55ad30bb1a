package dev.flagstream.engine.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Pairs expected rows with those that came out, as {@code diff} does. */
final class RowDifference {

  private RowDifference() {}

  /**
   * An expected row and the one that came out in its place; either may be missing.
   *
   * @param agree whether they are the same, as far as the expected one says something
   */
  record Pair<E, A>(Optional<E> expected, Optional<A> actual, boolean agree) {}

  /** Whether exactly the expected rows came out, in their order. */
  static <E, A> boolean agree(List<E> expected, List<A> actual, BiPredicate<E, A> same) {
    boolean agree = expected.size() == actual.size();
    for (int i = 0; agree && i < expected.size(); i++) {
      agree = same.test(expected.get(i), actual.get(i));
    }
    return agree;
  }

  /** All rows in order; where both sides differ, the rows in between are paired by their place. */
  static <E, A> List<Pair<E, A>> pairs(List<E> expected, List<A> actual, BiPredicate<E, A> same) {
    int[][] common = commonLengths(expected, actual, same);
    List<Pair<E, A>> pairs = new ArrayList<>();
    List<E> missing = new ArrayList<>();
    List<A> unexpected = new ArrayList<>();
    int e = 0;
    int a = 0;
    while (e < expected.size() || a < actual.size()) {
      if (e < expected.size() && a < actual.size() && same.test(expected.get(e), actual.get(a))) {
        pairUp(missing, unexpected, pairs);
        pairs.add(new Pair<>(Optional.of(expected.get(e)), Optional.of(actual.get(a)), true));
        e++;
        a++;
      } else if (a == actual.size()
          || (e < expected.size() && common[e + 1][a] >= common[e][a + 1])) {
        missing.add(expected.get(e));
        e++;
      } else {
        unexpected.add(actual.get(a));
        a++;
      }
    }
    pairUp(missing, unexpected, pairs);
    return pairs;
  }

  private static <E, A> void pairUp(List<E> missing, List<A> unexpected, List<Pair<E, A>> pairs) {
    for (int i = 0; i < Math.max(missing.size(), unexpected.size()); i++) {
      pairs.add(new Pair<>(at(missing, i), at(unexpected, i), false));
    }
    missing.clear();
    unexpected.clear();
  }

  private static <T> Optional<T> at(List<T> list, int place) {
    return place < list.size() ? Optional.of(list.get(place)) : Optional.empty();
  }

  /** For each pair of places the length of the longest common part of what follows them. */
  private static <E, A> int[][] commonLengths(
      List<E> expected, List<A> actual, BiPredicate<E, A> same) {
    int[][] lengths = new int[expected.size() + 1][actual.size() + 1];
    for (int e = expected.size() - 1; e >= 0; e--) {
      for (int a = actual.size() - 1; a >= 0; a--) {
        lengths[e][a] =
            same.test(expected.get(e), actual.get(a))
                ? lengths[e + 1][a + 1] + 1
                : Math.max(lengths[e + 1][a], lengths[e][a + 1]);
      }
    }
    return lengths;
  }
}
