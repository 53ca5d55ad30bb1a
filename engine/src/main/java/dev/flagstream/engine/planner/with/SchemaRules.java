package dev.flagstream.engine.planner.with;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source.TimestampColumn;
import dev.flagstream.engine.planner.refusal.PhysicalPlanException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks what every schema must fulfil, whatever statement it comes from. */
public final class SchemaRules {

  /** The name of a column, in backticks or not. */
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_@]*|`(?:[^`]|``)+`");

  private SchemaRules() {}

  /** Checks that no two columns have one name, also not one of the key and one of the value. */
  public static void checkDuplicates(RowSchema schema) {
    Set<String> seen = new HashSet<>();
    checkDuplicates("key", schema.key(), seen);
    checkDuplicates("value", schema.value(), seen);
  }

  private static void checkDuplicates(String part, List<Column> columns, Set<String> seen) {
    List<Column> duplicates = columns.stream().filter(c -> !seen.add(c.name())).toList();
    if (!duplicates.isEmpty()) {
      throw new SqlException(
          "Duplicate "
              + part
              + " columns found in schema: "
              + duplicates.stream().map(Column::toString).collect(Collectors.joining(", ")));
    }
  }

  /** Checks that no key column is a map or contains one. */
  public static void checkKeyTypes(List<Column> key) {
    for (Column column : key) {
      if (containsMap(column.type())) {
        throw new PhysicalPlanException(
            "Map keys, including types that contain maps, are not supported as they may lead to"
                + " unexpected behavior due to inconsistent serialization. Key column name: `"
                + column.name()
                + "`. Column type: "
                + column.type()
                + ". See https://github.com/confluentinc/ksql/issues/6621 for more.");
      }
    }
  }

  private static boolean containsMap(SqlType type) {
    return switch (type.base()) {
      case MAP -> true;
      case ARRAY -> containsMap(((SqlType.Array) type).element());
      case STRUCT ->
          ((SqlType.Struct) type).fields().stream().anyMatch(field -> containsMap(field.type()));
      default -> false;
    };
  }

  /** The column of event time that a WITH clause names. */
  public static Optional<TimestampColumn> timestamp(WithClause with, RowSchema schema) {
    Optional<String> format = with.text(WithClause.TIMESTAMP_FORMAT);
    Optional<String> noColumn =
        with.text(WithClause.TIMESTAMP).filter(text -> !COLUMN.matcher(text).matches());
    if (noColumn.isPresent()) {
      throw new SqlException("Cannot parse text that is not column reference: " + noColumn.get());
    }
    return with.text(WithClause.TIMESTAMP).map(name -> timestamp(identifier(name), format, schema));
  }

  private static TimestampColumn timestamp(String name, Optional<String> format, RowSchema schema) {
    Column column =
        schema
            .find(name)
            .orElseThrow(
                () ->
                    new SqlException(
                        "The TIMESTAMP column set in the WITH clause does not exist in the schema: '"
                            + name
                            + "'"));
    boolean text = SqlType.STRING.equals(column.type());
    if (text && format.isEmpty()) {
      throw new SqlException(
          "A String timestamp field has been specified without also specifying the"
              + " timestamp_format");
    }
    if (!text && format.isPresent()) {
      throw new SqlException(
          "'TIMESTAMP_FORMAT' set in the WITH clause can only be used when the timestamp column is"
              + " of type STRING.");
    }
    boolean time =
        SqlType.BIGINT.equals(column.type()) || column.type().base() == SqlType.BaseType.TIMESTAMP;
    if (!text && !time) {
      throw new SqlException(
          "Timestamp column, `"
              + name
              + "`, should be LONG(INT64), TIMESTAMP, or a String with a timestamp_format"
              + " specified.");
    }
    return new TimestampColumn(name, format);
  }

  /** A format and its settings as messages show them. */
  public static String formatInfo(Format format) {
    return "FormatInfo{format=" + format.kind() + ", properties=" + format.properties() + "}";
  }

  /** A name inside a text: upper-cased unless it stands in backticks. */
  private static String identifier(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("`") && text.endsWith("`");
    return quoted
        ? text.substring(1, text.length() - 1).replace("``", "`")
        : text.toUpperCase(Locale.ROOT);
  }
}
