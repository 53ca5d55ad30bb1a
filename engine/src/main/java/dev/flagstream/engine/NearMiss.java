package dev.flagstream.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that may have been meant in the place of one that does not exist. */
public final class NearMiss {

  /** A name of this many letters may have one slip; one of twice as many, two. */
  private static final int LETTERS_A_SLIP = 3;

  private NearMiss() {}

  /** The known name that differs by a few slips at most, or in case only; the first of several. */
  public static Optional<String> of(String written, Collection<String> known) {
    int most = written.length() / LETTERS_A_SLIP;
    return known.stream()
        .distinct()
        .sorted()
        .filter(name -> slips(written, name) <= most)
        .min(Comparator.comparingInt(name -> slips(written, name)));
  }

  /** The name that takes the fewest slips, the first of several; empty only if none is known. */
  public static Optional<String> mostSimilar(String written, List<String> known) {
    return known.stream().min(Comparator.comparingInt(name -> slips(written, name)));
  }

  /** What a message ends with: a line that asks whether this was meant, or nothing. */
  public static String hint(Optional<String> meant) {
    return meant.map(name -> "\nDid you mean " + name + "?").orElse("");
  }

  /**
   * How many letters must be put in, left out, replaced or swapped with the next to make one word
   * of the other; upper and lower case are the same.
   */
  private static int slips(String one, String other) {
    String from = one.toUpperCase(Locale.ROOT);
    String to = other.toUpperCase(Locale.ROOT);
    int[][] slips = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : fewest(slips, from, to, i, j);
      }
    }
    return slips[from.length()][to.length()];
  }

  private static int fewest(int[][] slips, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int fewest = slips[i - 1][j - 1] + (same ? 0 : 1);
    fewest = Math.min(fewest, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, 1 + slips[i - 2][j - 2]) : fewest;
  }
}
