package dev.flagstream.engine.format;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.type.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads rows of one column in the encoding of Kafka's own primitive serializers. */
final class KafkaRowReader implements RowReader {

  private interface Decoder {
    Object decode(byte[] bytes);
  }

  private final Decoder decoder;
  private final int slot;
  private final int width;

  KafkaRowReader(ColumnLayout layout) {
    this.decoder = decoder(layout.columns().get(0).type());
    this.slot = layout.slots().get(0);
    this.width = layout.width();
  }

  @Override
  public Object[] read(byte[] bytes) {
    Object[] row = new Object[width];
    Object value = decoder.decode(bytes);
    if (slot != ColumnLayout.UNUSED) {
      row[slot] = value;
    }
    return row;
  }

  private static Decoder decoder(SqlType type) {
    return switch (type.base()) {
      case INTEGER ->
          bytes -> {
            requireSize(bytes, Integer.BYTES, "IntegerDeserializer");
            return ByteBuffer.wrap(bytes).getInt();
          };
      case BIGINT ->
          bytes -> {
            requireSize(bytes, Long.BYTES, "LongDeserializer");
            return ByteBuffer.wrap(bytes).getLong();
          };
      case DOUBLE ->
          bytes -> {
            requireSize(bytes, Double.BYTES, "Deserializer");
            return ByteBuffer.wrap(bytes).getDouble();
          };
      case STRING -> bytes -> new String(bytes, StandardCharsets.UTF_8);
      case BYTES -> ByteBuffer::wrap;
      case BOOLEAN, DECIMAL, ARRAY, MAP, STRUCT, TIME, DATE, TIMESTAMP ->
          throw new SqlException("The 'KAFKA' format does not support type '" + type.base() + "'");
    };
  }

  private static void requireSize(byte[] bytes, int size, String reader) {
    if (bytes.length != size) {
      throw new UnreadableValueException("Size of data received by " + reader + " is not " + size);
    }
  }
}
