package dev.flagstream.engine.scenario;

import java.util.Optional;

/**
 * What an {@code expect} section looks at.
 *
 * @param name of a topic, of a source or of a query; empty where the kind needs none
 */
record ExpectSection(Kind kind, String name) {

  /** What can be looked at. */
  enum Kind {
    /** {@code expect TOPIC}: the records written to a topic. */
    TOPIC,
    /** {@code expect log}: the entries of the processing log. */
    LOG,
    /** {@code expect error}: why the section before was refused. */
    ERROR,
    /** {@code expect rows [QUERY]}: the rows of a query. */
    ROWS,
    /** {@code expect schema SOURCE}: the columns of a stream or table. */
    SCHEMA
  }

  /** Reads what stands after {@code expect}; empty if that is nothing one can look at. */
  static Optional<ExpectSection> of(String argument) {
    String[] words = argument.split("\\s+", -1);
    String name = words.length == 2 ? words[1] : "";
    if (words.length > 2 || words[0].isEmpty()) {
      return Optional.empty();
    }
    Kind kind =
        switch (words[0]) {
          case "log" -> Kind.LOG;
          case "error" -> Kind.ERROR;
          case "rows" -> Kind.ROWS;
          case "schema" -> Kind.SCHEMA;
          default -> Kind.TOPIC;
        };
    boolean complete =
        switch (kind) {
          case TOPIC, LOG, ERROR -> words.length == 1;
          case ROWS -> true;
          case SCHEMA -> words.length == 2;
        };
    return complete
        ? Optional.of(new ExpectSection(kind, kind == Kind.TOPIC ? words[0] : name))
        : Optional.empty();
  }
}
