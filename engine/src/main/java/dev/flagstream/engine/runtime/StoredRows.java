package dev.flagstream.engine.runtime;

import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowWriter;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.planner.query.QueryPlan.WindowBounds;
import dev.flagstream.engine.topology.row.Materialization;
import dev.flagstream.engine.type.Column;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Window;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.internals.TimeWindow;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** The rows of a table, in the state store of the query that keeps it. */
final class StoredRows implements TableRows {

  private static final WindowBounds ALL =
      new WindowBounds(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

  private final QueryPlan.Pull plan;
  private final Materialization materialization;
  private final TableStores stores;
  private final WindowBounds bounds;
  private final InputColumns columns;
  private final Serializer<Object[]> keySerializer;

  StoredRows(QueryPlan.Pull plan, Materialization materialization, TableStores stores) {
    this.plan = plan;
    this.materialization = materialization;
    this.stores = stores;
    this.bounds = plan.window().orElse(ALL);
    this.columns = InputColumns.of(plan);
    RowWriter keys = RowFormats.keyWriter(plan.source().keyFormat(), plan.source().schema().key());
    this.keySerializer = (topic, key) -> keys.write(key);
  }

  @Override
  public Cursor open() {
    Optional<WindowKind> window = materialization.window().map(info -> info.kind());
    if (window.isEmpty()) {
      return plainRows();
    }
    return window.get() == WindowKind.SESSION ? sessionRows() : windowRows();
  }

  private Cursor plainRows() {
    String name = materialization.storeName();
    Function<KeyValue<Object, ValueAndTimestamp<Object[]>>, Row> toRow =
        entry ->
            entry.value == null
                ? null
                : row(entry.key, entry.value.value(), entry.value.timestamp());
    if (plan.keys().isEmpty()) {
      return new StoreCursor<>(
          List.<KeyValueIterator<Object, ValueAndTimestamp<Object[]>>>of(stores.rows(name).all())
              .iterator(),
          toRow);
    }
    Iterator<Object[]> keys = plan.keys().get().iterator();
    return new LookupCursor(
        keys, key -> toRow.apply(KeyValue.pair(key, storesOf(key).rows(name).get(key))));
  }

  private Cursor windowRows() {
    String name = materialization.storeName();
    Instant from = Instant.ofEpochMilli(Math.max(0, bounds.startFrom()));
    Instant to = Instant.ofEpochMilli(Math.max(0, bounds.startTo()));
    Function<KeyValue<Windowed<Object>, ValueAndTimestamp<Object[]>>, Row> toRow =
        entry -> row(entry.key, entry.value.value(), entry.value.timestamp());
    if (plan.keys().isEmpty()) {
      return new StoreCursor<>(List.of(stores.windows(name).fetchAll(from, to)).iterator(), toRow);
    }
    return new StoreCursor<>(
        plan.keys().get().stream()
            .<KeyValueIterator<Windowed<Object>, ValueAndTimestamp<Object[]>>>map(
                key ->
                    new WindowsOfKey(
                        key, sizeMs(), storesOf(key).windows(name).fetch(key, from, to)))
            .iterator(),
        toRow);
  }

  private long sizeMs() {
    return materialization.window().orElseThrow().size().orElseThrow().toMillis();
  }

  private Cursor sessionRows() {
    String name = materialization.storeName();
    Function<KeyValue<Windowed<Object>, Object[]>, Row> toRow =
        entry -> row(entry.key, entry.value, entry.key.window().end());
    return new StoreCursor<>(
        plan.keys().orElseThrow().stream()
            .map(key -> storesOf(key).sessions(name).fetch((Object) key))
            .iterator(),
        toRow);
  }

  /**
   * The stores of the partition that a key has in the table's topic. As in ksqlDB, only these are
   * looked at: where the key format of the topic differs from that of what the table is made from,
   * and so the partition, the key is not found.
   */
  private TableStores storesOf(Object[] key) {
    return stores.ofKey(materialization.storeName(), key, keySerializer);
  }

  /** The row of a store's entry; null if the table has no such row or it is out of bounds. */
  private Row row(Object key, Object[] stored, long timestampMs) {
    Window window = key instanceof Windowed<?> windowed ? windowed.window() : null;
    if (stored == null || (window != null && !inBounds(window))) {
      return null;
    }
    Object[] value = materialization.valueOf(key, stored);
    if (value == null) {
      return null;
    }
    Object[] keyColumns =
        key instanceof Windowed<?> windowed ? (Object[]) windowed.key() : (Object[]) key;
    return new Row(keyColumns, columns.arrange(value, window, timestampMs));
  }

  private boolean inBounds(Window window) {
    return window.start() >= bounds.startFrom()
        && window.start() <= bounds.startTo()
        && window.end() >= bounds.endFrom()
        && window.end() <= bounds.endTo();
  }

  /** Where the columns of a pull query's input come from. */
  private record InputColumns(List<String> names, List<Integer> places) {

    static InputColumns of(QueryPlan.Pull plan) {
      List<String> stored = plan.source().schema().value().stream().map(Column::name).toList();
      List<String> names = plan.input().value().stream().map(Column::name).toList();
      return new InputColumns(names, names.stream().map(stored::indexOf).toList());
    }

    Object[] arrange(Object[] value, Window window, long timestampMs) {
      Object[] arranged = new Object[names.size()];
      for (int i = 0; i < arranged.length; i++) {
        int place = places.get(i);
        arranged[i] = place >= 0 ? value[place] : about(names.get(i), window, timestampMs);
      }
      return arranged;
    }

    private static Object about(String name, Window window, long timestampMs) {
      return switch (name) {
        case "ROWTIME" -> timestampMs;
        case "WINDOWSTART" -> window.start();
        case "WINDOWEND" -> window.end();
        default -> null;
      };
    }
  }

  /** Looks up keys one after the other. */
  private static final class LookupCursor implements Cursor {
    private final Iterator<Object[]> keys;
    private final Function<Object[], Row> lookup;

    LookupCursor(Iterator<Object[]> keys, Function<Object[], Row> lookup) {
      this.keys = keys;
      this.lookup = lookup;
    }

    @Override
    public Row next() {
      while (keys.hasNext()) {
        Row row = lookup.apply(keys.next());
        if (row != null) {
          return row;
        }
      }
      return null;
    }

    @Override
    public void close() {
      // Nothing is open between lookups.
    }
  }

  /** Walks through several results of a store, one open at a time. */
  private static final class StoreCursor<K, V> implements Cursor {
    private final Iterator<KeyValueIterator<K, V>> parts;
    private final Function<KeyValue<K, V>, Row> toRow;
    private KeyValueIterator<K, V> current;

    StoreCursor(Iterator<KeyValueIterator<K, V>> parts, Function<KeyValue<K, V>, Row> toRow) {
      this.parts = parts;
      this.toRow = toRow;
    }

    @Override
    public Row next() {
      while (true) {
        while (current != null && current.hasNext()) {
          Row row = toRow.apply(current.next());
          if (row != null) {
            return row;
          }
        }
        close();
        if (!parts.hasNext()) {
          return null;
        }
        current = parts.next();
      }
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }

  /** The windows of one key, as entries of a window store. */
  private static final class WindowsOfKey
      implements KeyValueIterator<Windowed<Object>, ValueAndTimestamp<Object[]>> {
    private final Object key;
    private final long sizeMs;
    private final WindowStoreIterator<ValueAndTimestamp<Object[]>> windows;

    WindowsOfKey(
        Object key, long sizeMs, WindowStoreIterator<ValueAndTimestamp<Object[]>> windows) {
      this.key = key;
      this.sizeMs = sizeMs;
      this.windows = windows;
    }

    @Override
    public boolean hasNext() {
      return windows.hasNext();
    }

    @Override
    public KeyValue<Windowed<Object>, ValueAndTimestamp<Object[]>> next() {
      KeyValue<Long, ValueAndTimestamp<Object[]>> entry = windows.next();
      return KeyValue.pair(windowed(entry.key), entry.value);
    }

    @Override
    public Windowed<Object> peekNextKey() {
      return windowed(windows.peekNextKey());
    }

    private Windowed<Object> windowed(long startMs) {
      return new Windowed<>(key, new TimeWindow(startMs, startMs + sizeMs));
    }

    @Override
    public void close() {
      windows.close();
    }
  }
}
