package dev.flagstream.engine.format;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ByteBuffers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes rows of one column in the encoding of Kafka's own primitive serializers. */
final class KafkaRowWriter implements RowWriter {

  private interface Encoder {
    byte[] encode(Object value);
  }

  private final Encoder encoder;

  KafkaRowWriter(Column column) {
    this.encoder = encoder(column.type());
  }

  @Override
  public byte[] write(Object[] columns) {
    return columns[0] == null ? null : encoder.encode(columns[0]);
  }

  private static Encoder encoder(SqlType type) {
    return switch (type.base()) {
      case INTEGER -> value -> ByteBuffer.allocate(Integer.BYTES).putInt((Integer) value).array();
      case BIGINT -> value -> ByteBuffer.allocate(Long.BYTES).putLong((Long) value).array();
      case DOUBLE -> value -> ByteBuffer.allocate(Double.BYTES).putDouble((Double) value).array();
      case STRING -> value -> ((String) value).getBytes(StandardCharsets.UTF_8);
      case BYTES -> value -> ByteBuffers.toArray((ByteBuffer) value);
      case BOOLEAN, DECIMAL, ARRAY, MAP, STRUCT, TIME, DATE, TIMESTAMP ->
          throw new SqlException("The 'KAFKA' format does not support type '" + type.base() + "'");
    };
  }
}
