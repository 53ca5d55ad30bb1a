package dev.flagstream.rows;

import java.util.Map;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes a row of a record's value: a struct's fields become columns of their own, named after it
 * and the field with {@code _} between them; an array or a map becomes its JSON as text. All other
 * values keep their types, DECIMAL its scale and a time its milliseconds.
 *
 * <p>A struct that is NULL gives NULL in each of its columns. The character U+0000, which
 * PostgreSQL's texts cannot hold, is replaced by U+FFFD. A record without a value, or whose value
 * has no schema, is refused ({@link DataException}) and so becomes a dead letter. For one thread at
 * a time, as Connect calls it.
 *
 * @param <R> the type of record
 */
public final class FlatRow<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

  /** A topic has one schema, and another one for as long as a feature is being added. */
  private static final int SCHEMAS = 16;

  private final Cache<Schema, RowColumns> columns = new LRUCache<>(SCHEMAS);

  @Override
  public R apply(R row) {
    if (!(row.value() instanceof Struct value)) {
      throw new DataException(
          row.value() == null
              ? "The record has no value, of which a row could be made"
              : "The record's value is no struct with a schema, of which a row could be made");
    }
    RowColumns flat = columns.get(value.schema());
    if (flat == null) {
      flat = RowColumns.of(value.schema());
      columns.put(value.schema(), flat);
    }
    return row.newRecord(
        row.topic(),
        row.kafkaPartition(),
        row.keySchema(),
        row.key(),
        flat.schema(),
        flat.row(value),
        row.timestamp());
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public ConfigDef config() {
    return new ConfigDef();
  }

  @Override
  public void configure(Map<String, ?> settings) {
    // There is nothing to choose.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
