package dev.flagstream.engine.catalog;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.type.RowSchema;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream or table that statements can name.
 *
 * @param name as stored, that is upper-cased unless it was quoted
 * @param window the windows that its keys carry, if any
 * @param timestamp the column that event time is read from; empty means the record's timestamp
 * @param readOnly declared with SOURCE: cannot be inserted into
 * @param createdByQuery whether CREATE … AS SELECT made it
 * @param sql the statement that made it
 */
public record Source(
    SourceKind kind,
    String name,
    RowSchema schema,
    String topic,
    Format keyFormat,
    Format valueFormat,
    Optional<WindowInfo> window,
    Optional<TimestampColumn> timestamp,
    boolean readOnly,
    boolean createdByQuery,
    String sql) {

  /** The kind of windows in a key; {@code size} is empty for sessions. */
  public record WindowInfo(WindowKind kind, Optional<Duration> size) {}

  /** The kinds of windows a key can carry. */
  public enum WindowKind {
    TUMBLING,
    HOPPING,
    SESSION
  }

  /**
   * A column holding event time; {@code format} is for text columns (DateTimeFormatter pattern).
   */
  public record TimestampColumn(String column, Optional<String> format) {}
}
