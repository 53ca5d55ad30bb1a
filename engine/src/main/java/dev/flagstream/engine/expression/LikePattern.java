package dev.flagstream.engine.expression;

import dev.flagstream.engine.function.RegexText;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The pattern of LIKE: {@code %} stands for any text, {@code _} for any one character. As in ksqlDB
 * neither stands for a line break, and a text or a pattern that is NULL cannot be compared.
 */
public final class LikePattern {

  private final Pattern pattern;

  private LikePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @param escape the character that makes the next one stand for itself; 0 means none
   * @throws IllegalArgumentException if it is too long
   */
  public static LikePattern of(String text, char escape) {
    return new LikePattern(Pattern.compile(regex(RegexText.requireShort("LIKE", text), escape)));
  }

  private static String regex(String text, char escape) {
    StringBuilder regex = new StringBuilder();
    StringBuilder itself = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escape != 0 && c == escape && i + 1 < text.length()) {
        i++;
        itself.append(text.charAt(i));
      } else if (c == '%' || c == '_') {
        moveQuoted(itself, regex);
        regex.append(c == '%' ? ".*" : ".");
      } else {
        itself.append(c);
      }
    }
    moveQuoted(itself, regex);
    return regex.toString();
  }

  private static void moveQuoted(StringBuilder itself, StringBuilder regex) {
    if (itself.length() > 0) {
      regex.append(Pattern.quote(itself.toString()));
      itself.setLength(0);
    }
  }

  /**
   * Whether the whole text matches.
   *
   * @throws NullPointerException if the text is null
   */
  public boolean matches(String text) {
    Objects.requireNonNull(text, "The text of LIKE is NULL");
    return RegexText.matcher("LIKE", pattern, text).matches();
  }

  /** As {@link #matches(String)} with a pattern that is known only at run time. */
  public static boolean matches(String text, String pattern, char escape) {
    Objects.requireNonNull(pattern, "The pattern of LIKE is NULL");
    return new LikePattern(
            RegexText.compile("LIKE", regex(RegexText.requireShort("LIKE", pattern), escape)))
        .matches(text);
  }
}
