package dev.flagstream.engine.topology.row;

import java.util.Arrays;

/**
 * Key columns that can be compared: where a table is grouped, Kafka Streams asks whether a row's
 * old and new group are the same, and if so replaces the row in one step.
 */
public final class ComparableKey {

  private final Object[] columns;

  public ComparableKey(Object[] columns) {
    this.columns = columns;
  }

  Object[] columns() {
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ComparableKey that && Arrays.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(columns);
  }
}
