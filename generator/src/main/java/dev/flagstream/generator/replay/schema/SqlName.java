package dev.flagstream.generator.replay.schema;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name as SQL writes it: bare where it can be, so that its case does not matter; otherwise in
 * backquotes, where it does.
 */
public final class SqlName {

  /** The words that are no names unless they stand in backquotes, in ksqlDB's grammar. */
  public static final Set<String> RESERVED_WORDS =
      Set.of(
          "ADVANCE",
          "ALL",
          "AND",
          "AS",
          "AT",
          "BEGINNING",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "CATALOG",
          "CONNECTOR",
          "CONNECTORS",
          "CREATE",
          "DAYS",
          "DECIMAL",
          "DELETE",
          "DESCRIBE",
          "DISTINCT",
          "DROP",
          "ELSE",
          "END",
          "EXISTS",
          "EXPORT",
          "EXTENDED",
          "FALSE",
          "FROM",
          "FULL",
          "GROUP",
          "HAVING",
          "HOPPING",
          "HOURS",
          "IN",
          "INNER",
          "INSERT",
          "INTO",
          "IS",
          "JOIN",
          "LEFT",
          "LIKE",
          "LIMIT",
          "LIST",
          "LOAD",
          "MATERIALIZED",
          "MILLISECOND",
          "MILLISECONDS",
          "MINUTES",
          "MONTHS",
          "NAMESPACE",
          "NOT",
          "NULL",
          "ON",
          "OR",
          "OUTER",
          "PRINT",
          "PROPERTIES",
          "QUERIES",
          "QUERY",
          "RENAME",
          "RETENTION",
          "RIGHT",
          "RUN",
          "SAMPLE",
          "SCRIPT",
          "SECONDS",
          "SELECT",
          "SIZE",
          "STREAM",
          "STREAMS",
          "TABLE",
          "TERMINATE",
          "THEN",
          "TO",
          "TOPIC",
          "TOPICS",
          "TRUE",
          "TUMBLING",
          "UNSET",
          "VALUES",
          "VIEW",
          "WHEN",
          "WHERE",
          "WINDOW",
          "WITH",
          "WITHIN",
          "YEARS");

  /** The names of what ksqlDB itself adds to rows, which no column may have. */
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("ROWTIME", "ROWPARTITION", "ROWOFFSET", "WINDOWSTART", "WINDOWEND");

  private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private SqlName() {}

  /** The name as a statement writes it. */
  public static String inStatement(String name) {
    return isBare(name) ? name : '`' + name.replace("`", "``") + '`';
  }

  /** The name as the server knows it: upper case, unless it stands in backquotes. */
  public static String onServer(String name) {
    return isBare(name) ? name.toUpperCase(Locale.ROOT) : name;
  }

  /** Whether it needs no backquotes. */
  public static boolean isBare(String name) {
    return BARE.matcher(name).matches() && !RESERVED_WORDS.contains(name.toUpperCase(Locale.ROOT));
  }

  /** A column's name that does not clash with what ksqlDB adds: {@code csv_rowtime}. */
  static String ofColumn(String written) {
    return SYSTEM_COLUMNS.contains(written.toUpperCase(Locale.ROOT)) ? "csv_" + written : written;
  }

  /** A bare name that resembles a text, such as a file's name. */
  public static String like(String text) {
    String name = text.replaceAll("[^A-Za-z0-9_]+", "_");
    return isBare(name) ? name : "csv_" + name;
  }
}
