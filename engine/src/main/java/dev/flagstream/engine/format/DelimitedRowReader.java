package dev.flagstream.engine.format;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ExactDecimals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads rows written as one line of delimited text. */
final class DelimitedRowReader implements RowReader {

  private interface Decoder {
    Object decode(String text);
  }

  private final CSVFormat csv;
  private final Decoder[] decoders;
  private final int[] slots;
  private final int width;

  DelimitedRowReader(CSVFormat csv, ColumnLayout layout) {
    this.csv = csv;
    this.decoders =
        layout.columns().stream().map(DelimitedRowReader::decoder).toArray(Decoder[]::new);
    this.slots = layout.slotArray();
    this.width = layout.width();
  }

  @Override
  public Object[] read(byte[] bytes) {
    CSVRecord line = parse(new String(bytes, StandardCharsets.UTF_8));
    if (line.size() != decoders.length) {
      throw new UnreadableValueException(
          "Unexpected field count, csvFields: "
              + line.size()
              + " schemaFields: "
              + decoders.length
              + " line: "
              + line);
    }
    Object[] row = new Object[width];
    for (int i = 0; i < decoders.length; i++) {
      Object value = decode(decoders[i], line.get(i));
      if (slots[i] != ColumnLayout.UNUSED) {
        row[slots[i]] = value;
      }
    }
    return row;
  }

  private CSVRecord parse(String text) {
    try (CSVParser parser = CSVParser.parse(text, csv)) {
      List<CSVRecord> lines = parser.getRecords();
      if (lines.isEmpty()) {
        throw new UnreadableValueException("No fields in record");
      }
      return lines.get(0);
    } catch (IOException e) {
      throw new UnreadableValueException(e.getMessage(), e);
    }
  }

  private static Object decode(Decoder decoder, String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return decoder.decode(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableValueException(e.getMessage(), e);
    }
  }

  private static Decoder decoder(Column column) {
    SqlType type = column.type();
    return switch (type.base()) {
      case BOOLEAN -> Boolean::valueOf;
      case INTEGER -> Integer::valueOf;
      case BIGINT -> Long::valueOf;
      case DOUBLE -> Double::valueOf;
      case STRING -> text -> text;
      case DECIMAL -> text -> DecimalColumns.fit(ExactDecimals.parse(text), (SqlType.Decimal) type);
      case BYTES -> text -> ByteBuffer.wrap(Base64.getDecoder().decode(text));
      case TIME -> text -> new Time(Long.parseLong(text));
      case DATE -> text -> new Date(TimeUnit.DAYS.toMillis(Long.parseLong(text)));
      case TIMESTAMP -> text -> new Timestamp(Long.parseLong(text));
      case ARRAY, MAP, STRUCT ->
          throw new SqlException(
              "The 'DELIMITED' format does not support type '" + type.base() + "'");
    };
  }
}
