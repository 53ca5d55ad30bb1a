package dev.flagstream.engine.format;

import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;

/** Writes rows as one line of delimited text; null is nothing between two delimiters. */
final class DelimitedRowWriter implements RowWriter {

  private final CSVFormat csv;
  private final SqlType[] types;

  DelimitedRowWriter(CSVFormat csv, List<Column> columns) {
    this.csv = csv;
    this.types = columns.stream().map(Column::type).toArray(SqlType[]::new);
  }

  @Override
  public byte[] write(Object[] columns) {
    Object[] texts = new Object[types.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = columns[i] == null ? null : text(types[i], columns[i]);
    }
    return csv.format(texts).getBytes(StandardCharsets.UTF_8);
  }

  private static Object text(SqlType type, Object value) {
    return switch (type.base()) {
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case BYTES -> Base64.getEncoder().encodeToString(Buffers.toArray((ByteBuffer) value));
      case TIME -> ((Time) value).getTime();
      case DATE -> Math.floorDiv(((Date) value).getTime(), TimeUnit.DAYS.toMillis(1));
      case TIMESTAMP -> ((Timestamp) value).getTime();
      case BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING -> value;
      case ARRAY, MAP, STRUCT ->
          throw new UnwritableValueException(
              "The 'DELIMITED' format does not support type '" + type.base() + "'");
    };
  }
}
