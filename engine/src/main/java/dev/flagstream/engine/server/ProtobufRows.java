package dev.flagstream.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.statement.request.QueryAnswer.ResultColumn;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.Array;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Rows as protocol buffers (proto3): one message a row, whose fields are the columns in order.
 *
 * <p>NULL, zero, false and the empty text are left out, as proto3 has it. Columns of simple types
 * and arrays of them can be written; others are refused by name.
 */
final class ProtobufRows {

  private static final String MESSAGE = "ConnectDefault1";
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final List<ResultColumn> columns;

  /**
   * Rows of these columns.
   *
   * @throws UnsupportedFeatureException naming the first column whose type cannot be written
   */
  ProtobufRows(List<ResultColumn> columns) {
    this.columns = List.copyOf(columns);
    columns.forEach(column -> fieldType(column.type(), column));
  }

  /** The schema of the messages, in proto3's language. */
  String schema() {
    var schema = new StringBuilder("syntax = \"proto3\";\n\nmessage " + MESSAGE + " {\n");
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      schema
          .append("  ")
          .append(fieldType(column.type(), column))
          .append(' ')
          .append(column.name())
          .append(" = ")
          .append(i + 1)
          .append(";\n");
    }
    return schema.append("}\n").toString();
  }

  private static String fieldType(SqlType type, ResultColumn column) {
    if (type instanceof Array array && !(array.element() instanceof Array)) {
      return "repeated " + fieldType(array.element(), column);
    }
    return switch (type.base()) {
      case BOOLEAN -> "bool";
      case INTEGER -> "int32";
      case BIGINT -> "int64";
      case DOUBLE -> "double";
      case STRING -> "string";
      case BYTES -> "bytes";
      case DECIMAL, ARRAY, MAP, STRUCT, TIME, DATE, TIMESTAMP ->
          throw new UnsupportedFeatureException(
              UnsupportedFeature.PROTOBUF_ROWS,
              " Column %s is of type %s.".formatted(column.name(), column.type()));
    };
  }

  /** A message of the row's fields, numbered from 1; NULLs and zeros are left out. */
  byte[] write(Object[] values) {
    var message = new ByteArrayOutputStream();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        writeField(message, i + 1, values[i], columns.get(i).type());
      }
    }
    return message.toByteArray();
  }

  private static void writeField(
      ByteArrayOutputStream message, int number, Object value, SqlType type) {
    if (type instanceof Array array) {
      writeRepeated(message, number, (List<?>) value, array.element());
      return;
    }
    byte[] bytes = bytes(value, type);
    boolean isDefault = wireType(type) == LENGTH_DELIMITED ? bytes.length == 0 : isZero(bytes);
    if (!isDefault) {
      writeTagged(message, number, wireType(type), bytes);
    }
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void writeRepeated(
      ByteArrayOutputStream message, int number, List<?> elements, SqlType type) {
    if (wireType(type) == LENGTH_DELIMITED) {
      for (Object element : elements) {
        writeTagged(message, number, LENGTH_DELIMITED, bytes(element, type));
      }
    } else if (!elements.isEmpty()) {
      var packed = new ByteArrayOutputStream();
      elements.forEach(element -> packed.writeBytes(bytes(element, type)));
      writeTagged(message, number, LENGTH_DELIMITED, packed.toByteArray());
    }
  }

  private static void writeTagged(
      ByteArrayOutputStream message, int number, int wireType, byte[] bytes) {
    message.writeBytes(varint(((long) number << 3) | wireType));
    if (wireType == LENGTH_DELIMITED) {
      message.writeBytes(varint(bytes.length));
    }
    message.writeBytes(bytes);
  }

  private static int wireType(SqlType type) {
    return switch (type.base()) {
      case DOUBLE -> FIXED_64;
      case STRING, BYTES -> LENGTH_DELIMITED;
      default -> VARINT;
    };
  }

  /** The bytes of a value without tag and length; a null inside an array is the type's default. */
  private static byte[] bytes(Object value, SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> varint(Boolean.TRUE.equals(value) ? 1 : 0);
      case INTEGER -> varint(value == null ? 0 : (Integer) value);
      case BIGINT -> varint(value == null ? 0 : (Long) value);
      case DOUBLE -> fixed64(value == null ? 0 : (Double) value);
      case STRING -> value == null ? new byte[0] : ((String) value).getBytes(UTF_8);
      case BYTES -> copy(value == null ? ByteBuffer.allocate(0) : (ByteBuffer) value);
      default -> throw new IllegalStateException("No way to write " + type);
    };
  }

  private static byte[] copy(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] fixed64(double value) {
    return ByteBuffer.allocate(Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putDouble(value)
        .array();
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private static byte[] varint(long value) {
    var bytes = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }
}
