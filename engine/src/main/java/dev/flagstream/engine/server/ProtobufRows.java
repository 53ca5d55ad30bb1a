package dev.flagstream.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.statement.request.QueryAnswer.ResultColumn;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.Array;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/**
 * Rows as protocol buffers (proto3): one message a row, whose fields are the columns in order.
 *
 * <p>NULL, zero, false and the empty text are left out, as proto3 has it. Columns of simple types
 * and arrays of them can be written; others are refused by name.
 */
final class ProtobufRows {

  private static final String MESSAGE = "ConnectDefault1";

  private final List<ResultColumn> columns;
  private final Descriptor message;

  /**
   * Rows of these columns.
   *
   * @throws UnsupportedFeatureException naming the first column whose type cannot be written
   */
  ProtobufRows(List<ResultColumn> columns) {
    this.columns = List.copyOf(columns);
    this.message = message(this.columns);
  }

  private static Descriptor message(List<ResultColumn> columns) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(MESSAGE);
    for (int i = 0; i < columns.size(); i++) {
      // Only numbers are on the wire; a column may have a name that no field may have.
      message.addField(
          FieldDescriptorProto.newBuilder()
              .setName("column_" + (i + 1))
              .setNumber(i + 1)
              .setLabel(
                  columns.get(i).type() instanceof Array
                      ? FieldDescriptorProto.Label.LABEL_REPEATED
                      : FieldDescriptorProto.Label.LABEL_OPTIONAL)
              .setType(fieldType(columns.get(i))));
    }
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder().setSyntax("proto3").addMessageType(message).build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName(MESSAGE);
    } catch (DescriptorValidationException impossible) {
      throw new IllegalStateException("No message of the columns " + columns, impossible);
    }
  }

  /** The schema of the messages, in proto3's language. */
  String schema() {
    StringBuilder schema = new StringBuilder("syntax = \"proto3\";\n\nmessage " + MESSAGE + " {\n");
    for (FieldDescriptor field : message.getFields()) {
      schema
          .append(field.isRepeated() ? "  repeated " : "  ")
          .append(field.getType().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(columns.get(field.getIndex()).name())
          .append(" = ")
          .append(field.getNumber())
          .append(";\n");
    }
    return schema.append("}\n").toString();
  }

  private static FieldDescriptorProto.Type fieldType(ResultColumn column) {
    SqlType type = column.type() instanceof Array array ? array.element() : column.type();
    return switch (type.base()) {
      case BOOLEAN -> FieldDescriptorProto.Type.TYPE_BOOL;
      case INTEGER -> FieldDescriptorProto.Type.TYPE_INT32;
      case BIGINT -> FieldDescriptorProto.Type.TYPE_INT64;
      case DOUBLE -> FieldDescriptorProto.Type.TYPE_DOUBLE;
      case STRING -> FieldDescriptorProto.Type.TYPE_STRING;
      case BYTES -> FieldDescriptorProto.Type.TYPE_BYTES;
      case DECIMAL, ARRAY, MAP, STRUCT, TIME, DATE, TIMESTAMP ->
          throw new UnsupportedFeatureException(
              UnsupportedFeature.PROTOBUF_ROWS,
              " Column %s is of type %s.".formatted(column.name(), column.type()));
    };
  }

  /** A message of the row's fields, numbered from 1; NULLs and zeros are left out. */
  byte[] write(Object[] values) {
    DynamicMessage.Builder row = DynamicMessage.newBuilder(message);
    for (int i = 0; i < values.length; i++) {
      FieldDescriptor field = message.findFieldByNumber(i + 1);
      if (values[i] instanceof List<?> elements) {
        elements.forEach(element -> row.addRepeatedField(field, written(element, field)));
      } else if (values[i] != null) {
        row.setField(field, written(values[i], field));
      }
    }
    return row.build().toByteArray();
  }

  /** A value as protobuf's classes take it; a null inside an array is the type's default. */
  private static Object written(Object value, FieldDescriptor field) {
    if (value == null) {
      return switch (field.getJavaType()) {
        case BOOLEAN -> false;
        case INT -> 0;
        case LONG -> 0L;
        case DOUBLE -> 0.0;
        case STRING -> "";
        case BYTE_STRING -> ByteString.EMPTY;
        case FLOAT, ENUM, MESSAGE -> throw new IllegalStateException("No column is " + field);
      };
    }
    if (value instanceof String text) {
      // Half a surrogate pair becomes a question mark here; protobuf would log each one.
      return new String(text.getBytes(UTF_8), UTF_8);
    }
    return value instanceof ByteBuffer bytes ? ByteString.copyFrom(bytes.duplicate()) : value;
  }
}
