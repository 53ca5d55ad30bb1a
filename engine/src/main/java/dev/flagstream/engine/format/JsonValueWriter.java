package dev.flagstream.engine.format;

import dev.flagstream.engine.type.SqlType;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Writes values of one type as JSON. */
abstract class JsonValueWriter {

  /** The writer for a type. */
  static JsonValueWriter of(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> scalar((value, out) -> out.writeBoolean((Boolean) value));
      case INTEGER -> scalar((value, out) -> out.writeLong((Integer) value));
      case BIGINT -> scalar((value, out) -> out.writeLong((Long) value));
      case DOUBLE -> scalar((value, out) -> out.writeDouble((Double) value));
      case DECIMAL -> scalar((value, out) -> out.writeAscii(value.toString()));
      case STRING -> scalar((value, out) -> out.writeString((String) value));
      case BYTES -> scalar((value, out) -> out.writeBase64((ByteBuffer) value));
      case TIME -> scalar((value, out) -> out.writeLong(((Time) value).getTime()));
      case DATE -> scalar((value, out) -> out.writeLong(days((Date) value)));
      case TIMESTAMP -> scalar((value, out) -> out.writeLong(((Timestamp) value).getTime()));
      case ARRAY -> new ArrayWriter((SqlType.Array) type);
      case MAP -> new MapWriter((SqlType.Map) type);
      case STRUCT -> new StructWriter((SqlType.Struct) type);
    };
  }

  /** As in ksqlDB, days are an INTEGER. */
  private static int days(Date date) {
    return (int) Math.floorDiv(date.getTime(), TimeUnit.DAYS.toMillis(1));
  }

  final void write(Object value, JsonBytes out) {
    if (value == null) {
      out.writeNull();
    } else {
      writePresent(value, out);
    }
  }

  abstract void writePresent(Object value, JsonBytes out);

  private interface Scalar {
    void write(Object value, JsonBytes out);
  }

  private static JsonValueWriter scalar(Scalar scalar) {
    return new JsonValueWriter() {
      @Override
      void writePresent(Object value, JsonBytes out) {
        scalar.write(value, out);
      }
    };
  }

  private static final class ArrayWriter extends JsonValueWriter {
    private final JsonValueWriter element;

    ArrayWriter(SqlType.Array type) {
      this.element = of(type.element());
    }

    @Override
    void writePresent(Object value, JsonBytes out) {
      out.writeByte('[');
      boolean first = true;
      for (Object item : (List<?>) value) {
        if (!first) {
          out.writeByte(',');
        }
        first = false;
        element.write(item, out);
      }
      out.writeByte(']');
    }
  }

  private static final class MapWriter extends JsonValueWriter {
    private final JsonValueWriter value;

    MapWriter(SqlType.Map type) {
      this.value = of(type.value());
    }

    @Override
    void writePresent(Object map, JsonBytes out) {
      out.writeByte('{');
      boolean first = true;
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
        if (!first) {
          out.writeByte(',');
        }
        first = false;
        out.writeString(String.valueOf(entry.getKey()));
        out.writeByte(':');
        value.write(entry.getValue(), out);
      }
      out.writeByte('}');
    }
  }

  private static final class StructWriter extends JsonValueWriter {
    private final byte[][] names;
    private final JsonValueWriter[] writers;

    StructWriter(SqlType.Struct type) {
      List<SqlType.Field> fields = type.fields();
      this.names = fields.stream().map(f -> JsonBytes.fieldName(f.name())).toArray(byte[][]::new);
      this.writers = fields.stream().map(f -> of(f.type())).toArray(JsonValueWriter[]::new);
    }

    @Override
    void writePresent(Object value, JsonBytes out) {
      Struct struct = (Struct) value;
      List<Field> fields = struct.schema().fields();
      out.writeByte('{');
      for (int i = 0; i < writers.length; i++) {
        if (i > 0) {
          out.writeByte(',');
        }
        out.writeRaw(names[i]);
        writers[i].write(struct.get(fields.get(i)), out);
      }
      out.writeByte('}');
    }
  }
}
