package dev.flagstream.engine.expression;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Truth values as text: {@code true}, {@code yes} and their beginnings; where a text stands beside
 * truth values, as in a list, {@code on} and {@code 1} as well.
 */
final class Booleans {

  private static final Set<String> TRUE =
      Set.of("true", "tru", "tr", "t", "yes", "ye", "y", "on", "1");
  private static final Set<String> TRUE_ONLY_AMONG_OTHERS = Set.of("on", "1");
  private static final Set<String> FALSE =
      Set.of("false", "fals", "fal", "fa", "f", "no", "n", "off", "of", "0");

  private Booleans() {}

  /** The truth value a text names, if it names one; case does not matter. */
  public static Optional<Boolean> parseExact(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return Optional.of(true);
    }
    return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /**
   * The BOOLEAN that CAST makes of a text: {@code true}, {@code yes} and their beginnings are true.
   */
  public static boolean cast(String text) {
    String word = text.trim().toLowerCase(Locale.ROOT);
    return TRUE.contains(word) && !TRUE_ONLY_AMONG_OTHERS.contains(word);
  }
}
