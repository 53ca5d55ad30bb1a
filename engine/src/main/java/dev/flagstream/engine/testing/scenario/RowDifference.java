package dev.flagstream.engine.testing.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Lists expected and actual rows side by side, as {@code diff} does. */
final class RowDifference {

  private RowDifference() {}

  /** A row that was expected, or came out, or both. */
  private enum Mark {
    BOTH("    "),
    MISSING("  - "),
    UNEXPECTED("  + ");

    private final String margin;

    Mark(String margin) {
      this.margin = margin;
    }
  }

  /** All rows: unmarked where both agree, {@code -} where missing, {@code +} where unexpected. */
  static <E, A> List<String> list(List<E> expected, List<A> actual, BiPredicate<E, A> same) {
    int[][] common = commonLengths(expected, actual, same);
    List<String> lines = new ArrayList<>();
    int e = 0;
    int a = 0;
    while (e < expected.size() || a < actual.size()) {
      if (e < expected.size() && a < actual.size() && same.test(expected.get(e), actual.get(a))) {
        lines.add(Mark.BOTH.margin + actual.get(a));
        e++;
        a++;
      } else if (a == actual.size()
          || (e < expected.size() && common[e + 1][a] >= common[e][a + 1])) {
        lines.add(Mark.MISSING.margin + expected.get(e));
        e++;
      } else {
        lines.add(Mark.UNEXPECTED.margin + actual.get(a));
        a++;
      }
    }
    return lines;
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
