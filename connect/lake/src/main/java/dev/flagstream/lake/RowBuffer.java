package dev.flagstream.lake;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Rows of one partition that are not written yet, in a table of DuckDB in memory. For one thread;
 * several may share a connection.
 */
final class RowBuffer implements AutoCloseable {

  /** A row's event day; not in the files, whose folder says it. */
  static final String DAY = "day";

  private final DuckDBConnection connection;
  private final String table;
  private final LakeSettings settings;

  private DuckDBAppender appender;
  private long rows;
  private long bufferedSinceNanos;
  private SinkRecord first;
  private SinkRecord last;

  /**
   * An empty buffer.
   *
   * @param table a name that no other buffer of the connection has
   */
  RowBuffer(DuckDBConnection connection, String table, LakeSettings settings) throws SQLException {
    this.connection = connection;
    this.table = table;
    this.settings = settings;
    List<String> columns = new ArrayList<>();
    settings
        .schema()
        .columns()
        .forEach(column -> columns.add(quoted(column.name()) + " " + column.sqlType()));
    columns.add(quoted(LakeSchema.OTHERS) + " VARCHAR");
    if (!settings.keyColumn().isEmpty()) {
      columns.add(quoted(settings.keyColumn()) + " VARCHAR");
    }
    columns.add("kafka_topic VARCHAR");
    columns.add("kafka_partition INTEGER");
    columns.add("kafka_offset BIGINT");
    columns.add("kafka_time TIMESTAMP");
    columns.add(DAY + " DATE");
    execute("CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
  }

  /**
   * A day of which there are rows.
   *
   * @param rows how many
   */
  record Day(LocalDate day, long rows) {}

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long rows() {
    return rows;
  }

  /** For how long the oldest row has been here; 0 if there is none. */
  long ageNanos(long nowNanos) {
    return rows == 0 ? 0 : nowNanos - bufferedSinceNanos;
  }

  long firstOffset() {
    return first.originalKafkaOffset();
  }

  long lastOffset() {
    return last.originalKafkaOffset();
  }

  /** The time of the last record; 0 if it has none. */
  long lastTimeMs() {
    return timeMs(last);
  }

  /** A record's own time in milliseconds; 0 if it has none. */
  static long timeMs(SinkRecord sunk) {
    return sunk.timestamp() == null ? 0 : sunk.timestamp();
  }

  /**
   * Adds a row.
   *
   * @param values as {@link LakeRowReader} gives them
   * @param nowNanos as {@link System#nanoTime} gives it
   */
  void add(Object[] values, SinkRecord sunk, long nowNanos) throws SQLException {
    if (appender == null) {
      appender = connection.createAppender("main", table);
    }
    appender.beginRow();
    List<LakeColumn> columns = settings.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      append(columns.get(i).kind(), values[i]);
    }
    append(LakeColumn.Kind.JSON, values[values.length - 1]);
    if (!settings.keyColumn().isEmpty()) {
      append(
          LakeColumn.Kind.TEXT,
          sunk.key() instanceof byte[] key ? new String(key, StandardCharsets.UTF_8) : null);
    }
    appender.append(sunk.originalTopic());
    appender.append(sunk.originalKafkaPartition().intValue());
    appender.append(sunk.originalKafkaOffset());
    append(LakeColumn.Kind.TIME, sunk.timestamp());
    appender.append(day(values, sunk));
    appender.endRow();
    if (rows == 0) {
      first = sunk;
      bufferedSinceNanos = nowNanos;
    }
    last = sunk;
    rows++;
  }

  private LocalDate day(Object[] values, SinkRecord sunk) {
    Object time = settings.dayIndex() < 0 ? null : values[settings.dayIndex()];
    long ms = time instanceof Long eventTimeMs ? eventTimeMs : timeMs(sunk);
    return LocalDate.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC);
  }

  private void append(LakeColumn.Kind kind, Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (kind) {
      case TEXT, JSON -> appender.append((String) value);
      case INTEGER -> appender.append((int) value);
      case LONG -> appender.append((long) value);
      case DOUBLE -> appender.append((double) value);
      case BOOLEAN -> appender.append((boolean) value);
      case DECIMAL -> appender.append((BigDecimal) value);
      case TIME -> appender.appendEpochMicros(TimeUnit.MILLISECONDS.toMicros((long) value));
    }
  }

  /** The days of its rows, in their order. */
  List<Day> days() throws IOException {
    List<Day> days = new ArrayList<>();
    try {
      closeAppender();
      try (Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT day, count(*) FROM " + table + " GROUP BY day ORDER BY day")) {
        while (found.next()) {
          days.add(new Day(found.getObject(1, LocalDate.class), found.getLong(2)));
        }
      }
    } catch (SQLException e) {
      throw new IOException("The rows cannot be sorted by day: " + e.getMessage(), e);
    }
    return days;
  }

  /** Writes a day's rows to a Parquet file, in the order of their offsets. */
  void export(Day day, Path file) throws IOException {
    try {
      execute(
          "COPY (SELECT * EXCLUDE (day) FROM %s WHERE day = DATE '%s') TO '%s' (FORMAT parquet, COMPRESSION zstd)"
              .formatted(table, day.day(), file.toString().replace("'", "''")));
    } catch (SQLException e) {
      throw new IOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Throws the rows away. */
  void clear() throws SQLException {
    closeAppender();
    execute("TRUNCATE " + table);
    rows = 0;
    first = null;
    last = null;
  }

  private void closeAppender() throws SQLException {
    if (appender != null) {
      DuckDBAppender full = appender;
      appender = null;
      full.close();
    }
  }

  /** Throws the rows away, and their table. */
  @Override
  public void close() throws SQLException {
    closeAppender();
    execute("DROP TABLE " + table);
  }
}
