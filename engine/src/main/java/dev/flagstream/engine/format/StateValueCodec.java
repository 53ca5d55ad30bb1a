package dev.flagstream.engine.format;

import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ByteBuffers;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.Structs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes and reads values of one type in the binary form of {@link StateCodec}. */
abstract class StateValueCodec {

  private static final byte ABSENT = 0;
  private static final byte PRESENT = 1;

  /** More digits than this may not fit a long. */
  private static final int MAX_LONG_PRECISION = 18;

  /** The codec of a type. */
  static StateValueCodec of(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> scalar((v, out) -> out.writeByte((Boolean) v ? 1 : 0), in -> in.get() == 1);
      case INTEGER -> scalar((v, out) -> out.writeInt((Integer) v), ByteBuffer::getInt);
      case BIGINT -> scalar((v, out) -> out.writeLong((Long) v), ByteBuffer::getLong);
      case DOUBLE ->
          scalar(
              (v, out) -> out.writeLong(Double.doubleToRawLongBits((Double) v)),
              ByteBuffer::getDouble);
      case STRING -> scalar((v, out) -> out.writeText((String) v), StateValueCodec::text);
      case BYTES ->
          scalar(
              (v, out) -> out.writeBytes(ByteBuffers.toArray((ByteBuffer) v)),
              in -> ByteBuffer.wrap(bytes(in)));
      case TIME ->
          scalar((v, out) -> out.writeLong(((Time) v).getTime()), in -> new Time(in.getLong()));
      case DATE ->
          scalar((v, out) -> out.writeLong(((Date) v).getTime()), in -> new Date(in.getLong()));
      case TIMESTAMP ->
          scalar(
              (v, out) -> out.writeLong(((Timestamp) v).getTime()),
              in -> new Timestamp(in.getLong()));
      case DECIMAL -> {
        int scale = ((SqlType.Decimal) type).scale();
        yield scalar(StateValueCodec::writeDecimal, in -> withPlaces(readDecimal(in), scale));
      }
      case ARRAY -> new ArrayCodec((SqlType.Array) type);
      case MAP -> new MapCodec((SqlType.Map) type);
      case STRUCT -> new StructCodec((SqlType.Struct) type);
    };
  }

  final void write(Object value, StateBytes out) {
    if (value == null) {
      out.writeByte(ABSENT);
    } else {
      out.writeByte(PRESENT);
      writePresent(value, out);
    }
  }

  final Object read(ByteBuffer in) {
    return in.get() == ABSENT ? null : readPresent(in);
  }

  abstract void writePresent(Object value, StateBytes out);

  abstract Object readPresent(ByteBuffer in);

  private interface ScalarWriter {
    void write(Object value, StateBytes out);
  }

  private interface ScalarReader {
    Object read(ByteBuffer in);
  }

  private static StateValueCodec scalar(ScalarWriter writer, ScalarReader reader) {
    return new StateValueCodec() {
      @Override
      void writePresent(Object value, StateBytes out) {
        writer.write(value, out);
      }

      @Override
      Object readPresent(ByteBuffer in) {
        return reader.read(in);
      }
    };
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    String text =
        new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }

  /** Scale, then the digits: as a long where they fit, which a length of zero announces. */
  private static void writeDecimal(Object value, StateBytes out) {
    BigDecimal decimal = (BigDecimal) value;
    out.writeInt(decimal.scale());
    if (decimal.precision() <= MAX_LONG_PRECISION) {
      out.writeInt(0);
      out.writeLong(decimal.unscaledValue().longValue());
    } else {
      out.writeBytes(decimal.unscaledValue().toByteArray());
    }
  }

  private static BigDecimal readDecimal(ByteBuffer in) {
    int scale = in.getInt();
    int length = in.getInt();
    if (length == 0) {
      return BigDecimal.valueOf(in.getLong(), scale);
    }
    byte[] digits = new byte[length];
    in.get(digits);
    return new BigDecimal(new BigInteger(digits), scale);
  }

  /** As in ksqlDB, a DECIMAL from a store has all the decimal places of its type. */
  private static BigDecimal withPlaces(BigDecimal value, int scale) {
    return value.scale() < scale ? value.setScale(scale) : value;
  }

  private static final class ArrayCodec extends StateValueCodec {
    private final StateValueCodec element;

    ArrayCodec(SqlType.Array type) {
      this.element = of(type.element());
    }

    @Override
    void writePresent(Object value, StateBytes out) {
      List<?> list = (List<?>) value;
      out.writeInt(list.size());
      for (Object item : list) {
        element.write(item, out);
      }
    }

    @Override
    Object readPresent(ByteBuffer in) {
      int size = in.getInt();
      List<Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(element.read(in));
      }
      return list;
    }
  }

  private static final class MapCodec extends StateValueCodec {
    private final StateValueCodec key;
    private final StateValueCodec value;

    MapCodec(SqlType.Map type) {
      this.key = of(type.key());
      this.value = of(type.value());
    }

    @Override
    void writePresent(Object map, StateBytes out) {
      Map<?, ?> entries = (Map<?, ?>) map;
      out.writeInt(entries.size());
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        key.write(entry.getKey(), out);
        value.write(entry.getValue(), out);
      }
    }

    @Override
    Object readPresent(ByteBuffer in) {
      int size = in.getInt();
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        entries.put(key.read(in), value.read(in));
      }
      return entries;
    }
  }

  private static final class StructCodec extends StateValueCodec {
    private final Schema schema;
    private final StateValueCodec[] codecs;

    StructCodec(SqlType.Struct type) {
      this.schema = ConnectSchemas.of(type);
      this.codecs = type.fields().stream().map(f -> of(f.type())).toArray(StateValueCodec[]::new);
    }

    @Override
    void writePresent(Object value, StateBytes out) {
      Struct struct = (Struct) value;
      List<Field> own = struct.schema().fields();
      for (int i = 0; i < codecs.length; i++) {
        codecs[i].write(struct.get(own.get(i)), out);
      }
    }

    @Override
    Object readPresent(ByteBuffer in) {
      Object[] values = new Object[codecs.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = codecs[i].read(in);
      }
      return Structs.ofTyped(schema, values);
    }
  }
}
