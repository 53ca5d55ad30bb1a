package dev.flagstream.engine.runtime;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlySessionStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The state stores of a query, by name, for looking at its rows. */
public interface TableStores {

  /** The store of a table without windows. */
  ReadOnlyKeyValueStore<Object, ValueAndTimestamp<Object[]>> rows(String name);

  /** The store of a table of tumbling or hopping windows. */
  ReadOnlyWindowStore<Object, ValueAndTimestamp<Object[]>> windows(String name);

  /** The store of a table of sessions. */
  ReadOnlySessionStore<Object, Object[]> sessions(String name);

  /** The stores of a running application. */
  static TableStores of(KafkaStreams streams) {
    return new TableStores() {
      @Override
      public ReadOnlyKeyValueStore<Object, ValueAndTimestamp<Object[]>> rows(String name) {
        return store(name, QueryableStoreTypes.timestampedKeyValueStore());
      }

      @Override
      public ReadOnlyWindowStore<Object, ValueAndTimestamp<Object[]>> windows(String name) {
        return store(name, QueryableStoreTypes.timestampedWindowStore());
      }

      @Override
      public ReadOnlySessionStore<Object, Object[]> sessions(String name) {
        return store(name, QueryableStoreTypes.sessionStore());
      }

      private <T> T store(String name, QueryableStoreType<T> type) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, type));
      }
    };
  }
}
