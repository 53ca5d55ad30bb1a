package dev.flagstream.engine.expression;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Truth values as text: {@code true}, {@code yes}, {@code on}, {@code 1} and what they begin. */
public final class Booleans {

  private static final Set<String> TRUE =
      Set.of("true", "tru", "tr", "t", "yes", "ye", "y", "on", "1");
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

  /** As {@link #parseExact}, where any other text is false. */
  public static boolean parse(String text) {
    return parseExact(text.trim()).orElse(false);
  }
}
