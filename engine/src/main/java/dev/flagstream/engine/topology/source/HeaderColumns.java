package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ConnectSchemas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Fills the columns that are read from a record's headers. */
record HeaderColumns(List<Slot> slots) {

  static final HeaderColumns NONE = new HeaderColumns(List.of());

  private static final SqlType.Struct HEADER =
      new SqlType.Struct(
          List.of(
              new SqlType.Field("KEY", SqlType.STRING), new SqlType.Field("VALUE", SqlType.BYTES)));

  /** A place in the value; an empty {@code headerKey} means all headers. */
  record Slot(int index, Optional<String> headerKey) {}

  HeaderColumns {
    slots = List.copyOf(slots);
  }

  static HeaderColumns of(RowSchema source, List<String> wanted) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Optional<Column> column = source.find(wanted.get(i));
      if (column.isPresent() && column.get().namespace() == Namespace.HEADERS) {
        slots.add(new Slot(i, column.get().headerKey()));
      }
    }
    return slots.isEmpty() ? NONE : new HeaderColumns(slots);
  }

  void fill(Object[] row, Headers headers) {
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      row[slot.index()] =
          slot.headerKey().isPresent() ? last(headers, slot.headerKey().get()) : all(headers);
    }
  }

  private static ByteBuffer last(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    return header == null ? null : bytes(header);
  }

  private static List<Struct> all(Headers headers) {
    Schema schema = ConnectSchemas.of(HEADER);
    List<Struct> structs = new ArrayList<>();
    for (Header header : headers) {
      structs.add(new Struct(schema).put("KEY", header.key()).put("VALUE", bytes(header)));
    }
    return structs;
  }

  private static ByteBuffer bytes(Header header) {
    return header.value() == null ? null : ByteBuffer.wrap(header.value());
  }
}
