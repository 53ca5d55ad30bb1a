package dev.flagstream.engine.offline;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.WindowStore;

/** Copies what state stores hold, as a query on a server finds its state again. */
final class StateCopy {

  private StateCopy() {}

  @SuppressWarnings("unchecked") // Both stores were made for the same kind of key and value.
  static void copy(StateStore from, StateStore to) {
    if (from instanceof KeyValueStore<?, ?> rows && to instanceof KeyValueStore<?, ?>) {
      copyRows((KeyValueStore<Object, Object>) rows, (KeyValueStore<Object, Object>) to);
    } else if (from instanceof WindowStore<?, ?> windows && to instanceof WindowStore<?, ?>) {
      copyWindows((WindowStore<Object, Object>) windows, (WindowStore<Object, Object>) to);
    } else if (from instanceof SessionStore<?, ?> sessions && to instanceof SessionStore<?, ?>) {
      copySessions((SessionStore<Object, Object>) sessions, (SessionStore<Object, Object>) to);
    }
  }

  private static void copyRows(
      KeyValueStore<Object, Object> from, KeyValueStore<Object, Object> to) {
    try (KeyValueIterator<Object, Object> rows = from.all()) {
      rows.forEachRemaining(row -> to.put(row.key, row.value));
    }
  }

  private static void copyWindows(
      WindowStore<Object, Object> from, WindowStore<Object, Object> to) {
    try (KeyValueIterator<Windowed<Object>, Object> windows = from.all()) {
      windows.forEachRemaining(row -> to.put(row.key.key(), row.value, row.key.window().start()));
    }
  }

  private static void copySessions(
      SessionStore<Object, Object> from, SessionStore<Object, Object> to) {
    try (KeyValueIterator<Windowed<Object>, Object> sessions = from.fetch(null, null)) {
      while (sessions.hasNext()) {
        KeyValue<Windowed<Object>, Object> session = sessions.next();
        to.put(session.key, session.value);
      }
    }
  }
}
