package dev.flagstream.udf;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant by a word that is not known. */
public final class NearMiss {

  private NearMiss() {}

  /** The known word that takes the fewest edits to become the given one; empty if none is known. */
  public static Optional<String> closest(String word, Collection<String> knownWords) {
    return knownWords.stream()
        .min(
            Comparator.comparingInt((String known) -> edits(word, known))
                .thenComparing(known -> known));
  }

  /** How many letters must be inserted, removed or replaced to turn one word into the other. */
  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int insertedOrRemoved = Math.min(previous[column], current[column - 1]) + 1;
        current[column] = Math.min(previous[column - 1] + replaced, insertedOrRemoved);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
