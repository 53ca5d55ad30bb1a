package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.ast.print.Names;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Source;
import java.util.Locale;
import java.util.Optional;

/**
 * The message about a stream or table that does not exist, with the name that may have been meant.
 */
public final class UnknownSource {

  private UnknownSource() {}

  /** The message, with the hint if there is one. */
  static String message(String name, Catalog catalog) {
    return name + " does not exist." + hint(name, catalog);
  }

  /** The name that may have been meant, and how to write it; empty where there is none. */
  public static String hint(String name, Catalog catalog) {
    Optional<String> similar =
        catalog.sources().stream()
            .map(Source::name)
            .filter(other -> other.equalsIgnoreCase(name) && !other.equals(name))
            .findFirst();
    return similar
        .map(UnknownSource::hint)
        .orElseGet(
            () ->
                NearMiss.hint(
                    NearMiss.of(name, catalog.sources().stream().map(Source::name).toList())
                        .map(Names::identifier)));
  }

  private static String hint(String similar) {
    boolean needsQuotes = !similar.equals(similar.toUpperCase(Locale.ROOT));
    return needsQuotes
        ? "\nDid you mean \""
            + similar
            + "\"? Hint: wrap the source name in double quotes to make it case-sensitive."
        : "\nDid you mean " + similar + "? Hint: try removing double quotes from the source name.";
  }
}
