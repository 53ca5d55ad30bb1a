package dev.flagstream.generator.replay.schema;

import java.util.Objects;

/**
 * A column of a stream.
 *
 * @param name as in the file and in the JSON
 */
public record StreamColumn(String name, ColumnType type) {

  public StreamColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** Whether SQL takes the two names for the same column. */
  boolean isNamed(String otherName) {
    return SqlName.onServer(name).equals(SqlName.onServer(otherName));
  }
}
