package dev.flagstream.engine.type;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A named, typed column of a stream or table, and the part of the Kafka record it lives in.
 *
 * @param headerKey the one header a column of namespace HEADERS is read from; empty means all of
 *     them
 */
public record Column(String name, SqlType type, Namespace namespace, Optional<String> headerKey) {

  /** The part of a Kafka record a column is read from and written to. */
  public enum Namespace {
    KEY,
    VALUE,
    HEADERS
  }

  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(namespace, "namespace");
    requireNonNull(headerKey, "headerKey");
  }

  public Column(String name, SqlType type, Namespace namespace) {
    this(name, type, namespace, Optional.empty());
  }

  /** A column of the record's key. */
  public static Column key(String name, SqlType type) {
    return new Column(name, type, Namespace.KEY);
  }

  /** A column of the record's value. */
  public static Column value(String name, SqlType type) {
    return new Column(name, type, Namespace.VALUE);
  }

  /** A column holding the last header of this key; its type is BYTES. */
  public static Column header(String name, SqlType type, String headerKey) {
    return new Column(name, type, Namespace.HEADERS, Optional.of(headerKey));
  }

  @Override
  public String toString() {
    return "`" + name + "` " + type + suffix();
  }

  private String suffix() {
    return switch (namespace) {
      case VALUE -> "";
      case KEY -> " KEY";
      case HEADERS -> headerKey.map(key -> " HEADER('" + key + "')").orElse(" HEADERS");
    };
  }
}
