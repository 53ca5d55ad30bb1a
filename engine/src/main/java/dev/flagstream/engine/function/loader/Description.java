package dev.flagstream.engine.function.loader;

import java.util.Locale;

/**
 * What a class says of its function.
 *
 * @param name as its author wrote it
 * @param path the jar, or {@code internal} for a built-in function
 */
record Description(
    String name, String category, String description, String author, String version, String path) {

  /** The name as SQL knows it. */
  String sqlName() {
    return name.toUpperCase(Locale.ROOT);
  }
}
