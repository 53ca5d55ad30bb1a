package dev.flagstream.engine.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.flagstream.engine.expression.TimeText;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.Array;
import dev.flagstream.engine.type.SqlType.Field;
import dev.flagstream.engine.type.SqlType.Struct;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;

/** Writes values of SQL types as ksqlDB writes them in query results. */
public final class SqlValueJson {

  private SqlValueJson() {}

  /**
   * Writes a value.
   *
   * @param value of the Java class behind the type; null is written as null
   */
  public static void write(JsonGenerator json, Object value, SqlType type) throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    switch (type.base()) {
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case INTEGER -> json.writeNumber((Integer) value);
      case BIGINT -> json.writeNumber((Long) value);
      case DECIMAL -> json.writeNumber((BigDecimal) value);
      case DOUBLE -> json.writeNumber((Double) value);
      case STRING -> json.writeString((String) value);
      case ARRAY -> writeArray(json, (List<?>) value, ((Array) type).element());
      case MAP -> writeMap(json, (Map<?, ?>) value, ((SqlType.Map) type).value());
      case STRUCT -> writeStruct(json, (org.apache.kafka.connect.data.Struct) value, (Struct) type);
      case TIME -> json.writeString(TimeText.format((Time) value));
      case DATE -> json.writeString(TimeText.format((Date) value));
      case TIMESTAMP -> json.writeString(TimeText.format((Timestamp) value));
      case BYTES -> writeBytes(json, (ByteBuffer) value);
    }
  }

  private static void writeArray(JsonGenerator json, List<?> elements, SqlType type)
      throws IOException {
    json.writeStartArray();
    for (Object element : elements) {
      write(json, element, type);
    }
    json.writeEndArray();
  }

  private static void writeMap(JsonGenerator json, Map<?, ?> entries, SqlType type)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(json, entry.getValue(), type);
    }
    json.writeEndObject();
  }

  private static void writeStruct(
      JsonGenerator json, org.apache.kafka.connect.data.Struct struct, Struct type)
      throws IOException {
    json.writeStartObject();
    for (Field field : type.fields()) {
      json.writeFieldName(field.name());
      write(json, struct.get(field.name()), field.type());
    }
    json.writeEndObject();
  }

  private static void writeBytes(JsonGenerator json, ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    json.writeBinary(copy);
  }
}
