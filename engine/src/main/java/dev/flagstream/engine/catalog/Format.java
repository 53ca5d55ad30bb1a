package dev.flagstream.engine.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * How keys or values are written as bytes.
 *
 * @param kind the format's name
 * @param properties its settings, such as {@code delimiter} of DELIMITED
 * @param wrapSingle whether a single column is written inside an object rather than bare; empty
 *     means the format's own habit
 */
public record Format(Kind kind, Map<String, String> properties, Optional<Boolean> wrapSingle) {

  /** The formats that need no Schema Registry. */
  public enum Kind {
    JSON,
    DELIMITED,
    KAFKA,
    NONE
  }

  public Format {
    requireNonNull(kind, "kind");
    properties = Map.copyOf(properties);
  }

  /** The format with its own defaults. */
  public static Format of(Kind kind) {
    return new Format(kind, Map.of(), Optional.empty());
  }
}
