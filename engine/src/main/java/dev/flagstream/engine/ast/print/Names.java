package dev.flagstream.engine.ast.print;

import dev.flagstream.engine.parser.words.ReservedWords;
import java.util.regex.Pattern;

/** Writes names and strings with the quotes they need. */
public final class Names {

  /** A digit at the start is allowed, but behind a point it would begin a number. */
  private static final Pattern PLAIN = Pattern.compile("[A-Z_][A-Z0-9_@]*");

  private static final Pattern CASE_KEPT = Pattern.compile("[A-Za-z_][A-Za-z0-9_@]*");

  private Names() {}

  /** The name in backquotes, unless it reads back as the same name without. */
  public static String identifier(String name) {
    return PLAIN.matcher(name).matches() && !ReservedWords.contains(name) ? name : backquoted(name);
  }

  /** The name in backquotes, whatever it is. */
  public static String backquoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The text in single quotes. */
  public static String string(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The name of a thing outside the catalogue, such as a topic, whose case is kept unquoted. */
  static String resource(String name) {
    return CASE_KEPT.matcher(name).matches() && !ReservedWords.contains(name) ? name : string(name);
  }
}
