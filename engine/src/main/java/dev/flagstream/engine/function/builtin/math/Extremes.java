package dev.flagstream.engine.function.builtin.math;

/** Finds the largest and smallest of several values, leaving nulls out. */
final class Extremes {

  private Extremes() {}

  static <T extends Comparable<? super T>> T largest(T first, T[] others) {
    return extreme(first, others, 1);
  }

  static <T extends Comparable<? super T>> T smallest(T first, T[] others) {
    return extreme(first, others, -1);
  }

  private static <T extends Comparable<? super T>> T extreme(T first, T[] others, int sign) {
    if (others == null) {
      return null;
    }
    T found = first;
    for (T other : others) {
      if (other != null && (found == null || sign * other.compareTo(found) > 0)) {
        found = other;
      }
    }
    return found;
  }
}
