package dev.flagstream.engine.statement;

import dev.flagstream.engine.ast.Statement.SourceKind;
import java.util.Locale;

/**
 * What a command is about and does, as clients ask for its status: {@code stream/`NAME`/create}.
 *
 * <p>Two commands may share an id; the status is then that of the later one.
 */
public record CommandId(String type, String entity, String action) {

  /** Creating a stream or table, or inserting into it by a query. */
  static CommandId create(SourceKind kind, String name) {
    return new CommandId(lower(kind.name()), "`" + name + "`", "create");
  }

  /** Altering a stream or table. */
  static CommandId alter(SourceKind kind, String name) {
    return new CommandId(lower(kind.name()), "`" + name + "`", "alter");
  }

  /** Dropping a stream or table. */
  static CommandId drop(SourceKind kind, String name) {
    return new CommandId(lower(kind.name()), name, "drop");
  }

  static CommandId createType(String name) {
    return new CommandId("type", name, "create");
  }

  static CommandId dropType(String name) {
    return new CommandId("type", name, "drop");
  }

  /** TERMINATE, PAUSE or RESUME; {@code query} is an id or ALL. */
  static CommandId onQuery(String verb, String query) {
    return new CommandId(verb, query, "execute");
  }

  /**
   * Reads {@link #toString}; the entity may contain slashes.
   *
   * @throws IllegalArgumentException if the text has fewer than two slashes
   */
  public static CommandId parse(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/');
    if (first < 0 || first == last) {
      throw new IllegalArgumentException("No command id: " + text);
    }
    return new CommandId(
        text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return type + "/" + entity + "/" + action;
  }
}
