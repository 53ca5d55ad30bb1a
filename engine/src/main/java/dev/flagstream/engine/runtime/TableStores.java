package dev.flagstream.engine.runtime;

import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
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

  /** What a table grouped in SESSION windows keeps, by key. */
  ReadOnlySessionStore<Object, Object[]> sessions(String name);

  /**
   * The stores of the partition that a key has in its table's topic.
   *
   * @param name of the store that the key is looked up in
   * @param keys writes keys as the topic has them
   */
  TableStores ofKey(String name, Object[] key, Serializer<Object[]> keys);

  /** The stores of a running application. */
  static TableStores of(KafkaStreams streams) {
    return of(streams, null);
  }

  private static TableStores of(KafkaStreams streams, Integer partition) {
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

      @Override
      public TableStores ofKey(String name, Object[] key, Serializer<Object[]> keys) {
        KeyQueryMetadata place = streams.queryMetadataForKey(name, key, keys);
        return place == null || place.equals(KeyQueryMetadata.NOT_AVAILABLE)
            ? this
            : of(streams, place.partition());
      }

      private <T> T store(String name, QueryableStoreType<T> type) {
        StoreQueryParameters<T> parameters = StoreQueryParameters.fromNameAndType(name, type);
        return streams.store(partition == null ? parameters : parameters.withPartition(partition));
      }
    };
  }
}
