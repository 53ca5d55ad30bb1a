package dev.flagstream.engine.planner;

import dev.flagstream.engine.catalog.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * The row of an INSERT INTO … VALUES.
 *
 * @param key the key columns' values in order; null where none was given
 * @param value the value columns' values in order; null where none was given
 * @param timestampMs the record's timestamp, if ROWTIME was given
 */
public record InsertedRow(
    Source target, List<Object> key, List<Object> value, OptionalLong timestampMs) {

  public InsertedRow {
    key = Collections.unmodifiableList(new ArrayList<>(key));
    value = Collections.unmodifiableList(new ArrayList<>(value));
  }
}
