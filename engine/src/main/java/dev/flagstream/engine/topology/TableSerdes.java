package dev.flagstream.engine.topology;

import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.type.RowSchema;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueStore;

/** Tells Kafka Streams how rows of a table are written, should a later step need to keep them. */
final class TableSerdes {

  private TableSerdes() {}

  /** Names no store, so none is made. */
  static Materialized<Object, Object[], KeyValueStore<Bytes, byte[]>> of(RowSchema schema) {
    return Materialized.with(null, RowSerde.of(StateCodec.ofColumns(schema.value())));
  }
}
