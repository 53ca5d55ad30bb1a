package dev.flagstream.engine.ast.print;

import dev.flagstream.engine.parser.ReservedWords;
import java.util.regex.Pattern;

/** Writes names and strings with the quotes they need. */
public final class Names {

  private static final Pattern READ_BACK_UNCHANGED =
      Pattern.compile("[A-Z_][A-Z0-9_@]*|[0-9]+[A-Z_@][A-Z0-9_@]*");
  private static final Pattern LOOKS_LIKE_A_NUMBER = Pattern.compile("[0-9]+E[0-9]+");
  private static final Pattern CASE_KEPT = Pattern.compile("[A-Za-z_][A-Za-z0-9_@]*");

  private Names() {}

  /** The name in backquotes, unless it reads back as the same name without. */
  public static String identifier(String name) {
    boolean plain =
        READ_BACK_UNCHANGED.matcher(name).matches()
            && !LOOKS_LIKE_A_NUMBER.matcher(name).matches()
            && !ReservedWords.contains(name);
    return plain ? name : backquoted(name);
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
