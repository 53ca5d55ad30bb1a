package dev.flagstream.engine.topology.row;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.type.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.kstream.Windowed;

/**
 * A state store that holds a table, and what turns its rows into those of the table.
 *
 * @param storeName the store's name within the query
 * @param window the windows of its keys, if they have any
 * @param keyFormat how its keys are written
 * @param schema the columns of the table's rows, after {@code mappings}
 */
public record Materialization(
    String storeName,
    Optional<WindowInfo> window,
    Format keyFormat,
    RowSchema schema,
    List<Mapping> mappings) {

  /** One step between the store and the table. */
  public interface Mapping {
    /**
     * The value after the step; null if the step takes the row out of the table.
     *
     * @param key as Kafka Streams has it: {@code Object[]}, or a {@link Windowed} of it
     */
    Object[] apply(Object key, Object[] value);
  }

  public Materialization {
    mappings = List.copyOf(mappings);
  }

  /** The table's value for a row of the store; null if the table has no such row. */
  public Object[] valueOf(Object key, Object[] stored) {
    Object[] value = stored;
    for (Mapping mapping : mappings) {
      if (value == null) {
        return null;
      }
      value = mapping.apply(key, value);
    }
    return value;
  }

  public Materialization filtered(RowEvaluator.Condition condition) {
    return mapped(
        schema, (key, value) -> condition.test(KeyKind.columns(key), value) ? value : null);
  }

  public Materialization mapped(RowSchema result, Mapping mapping) {
    List<Mapping> all = new ArrayList<>(mappings);
    all.add(mapping);
    return new Materialization(storeName, window, keyFormat, result, all);
  }
}
