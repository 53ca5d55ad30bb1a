package dev.flagstream.engine.format;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A reader and a writer of rows in the form Kafka Streams takes them; null rows are null bytes.
 * Thread-safe.
 */
public final class RowSerde implements Serde<Object[]> {

  private final RowReader reader;
  private final RowWriter writer;

  public RowSerde(RowReader reader, RowWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** In the exact binary form. */
  public static RowSerde of(StateCodec codec) {
    return new RowSerde(codec, codec);
  }

  /** Only the writing half. */
  public static Serializer<Object[]> serializerOf(RowWriter writer) {
    return (topic, row) -> row == null ? null : writer.write(row);
  }

  @Override
  public Serializer<Object[]> serializer() {
    return serializerOf(writer);
  }

  @Override
  public Deserializer<Object[]> deserializer() {
    return (topic, bytes) -> bytes == null ? null : reader.read(bytes);
  }
}
