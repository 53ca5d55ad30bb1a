package dev.flagstream.engine.format;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ByteBuffers;
import dev.flagstream.engine.value.DoubleText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes rows as one line of delimited text; null is nothing between two delimiters.
 *
 * <p>ksqlDB quotes more than a reader would need. Its texts are partition keys, so its rules are
 * kept: those of an old release of commons-csv.
 */
final class DelimitedRowWriter implements RowWriter {

  private static final char QUOTE = '"';

  /** Texts that begin with this character or one before it are quoted. */
  private static final char LAST_QUOTED_FIRST = '#';

  private interface Encoder {
    String text(Object value);
  }

  private final char delimiter;
  private final Encoder[] encoders;

  DelimitedRowWriter(char delimiter, List<Column> columns) {
    this.delimiter = delimiter;
    this.encoders = columns.stream().map(c -> encoder(c.type())).toArray(Encoder[]::new);
  }

  @Override
  public byte[] write(Object[] columns) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < encoders.length; i++) {
      if (i > 0) {
        line.append(delimiter);
      }
      if (columns[i] != null) {
        append(line, encoders[i].text(columns[i]), i == 0);
      }
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(StringBuilder line, String text, boolean first) {
    if (!isQuoted(text, first)) {
      line.append(text);
      return;
    }
    line.append(QUOTE);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == QUOTE) {
        line.append(QUOTE);
      }
      line.append(c);
    }
    line.append(QUOTE);
  }

  private boolean isQuoted(String text, boolean first) {
    if (text.isEmpty()) {
      return first;
    }
    char start = text.charAt(0);
    if ((first && !isLetterOrDigit(start)) || start <= LAST_QUOTED_FIRST) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == QUOTE || c == delimiter) {
        return true;
      }
    }
    return text.charAt(text.length() - 1) <= ' ';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static Encoder encoder(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING -> DoubleText::ofAny;
      case DECIMAL -> value -> ((BigDecimal) value).toPlainString();
      case BYTES ->
          value -> Base64.getEncoder().encodeToString(ByteBuffers.toArray((ByteBuffer) value));
      case TIME -> value -> Long.toString(((Time) value).getTime());
      case DATE ->
          value ->
              Long.toString(Math.floorDiv(((Date) value).getTime(), TimeUnit.DAYS.toMillis(1)));
      case TIMESTAMP -> value -> Long.toString(((Timestamp) value).getTime());
      case ARRAY, MAP, STRUCT ->
          throw new SqlException(
              "The 'DELIMITED' format does not support type '" + type.base() + "'");
    };
  }
}
