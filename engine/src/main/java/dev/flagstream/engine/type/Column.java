package dev.flagstream.engine.type;

import static java.util.Objects.requireNonNull;

/** A named, typed column of a stream or table, and the part of the Kafka record it lives in. */
public record Column(String name, SqlType type, Namespace namespace) {

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
  }

  /** A column of the record's key. */
  public static Column key(String name, SqlType type) {
    return new Column(name, type, Namespace.KEY);
  }

  /** A column of the record's value. */
  public static Column value(String name, SqlType type) {
    return new Column(name, type, Namespace.VALUE);
  }

  @Override
  public String toString() {
    return "`" + name + "` " + type + (namespace == Namespace.VALUE ? "" : " " + namespace);
  }
}
