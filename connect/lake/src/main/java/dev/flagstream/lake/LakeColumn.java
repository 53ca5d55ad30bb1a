package dev.flagstream.lake;

/**
 * A column of the Parquet files.
 *
 * @param name in lower case; that of a nested field follows its struct's, with {@code _} between
 * @param kind what is in it
 * @param scale digits after the point, of a DECIMAL
 * @param required whether a record without it is no row
 */
record LakeColumn(String name, Kind kind, int scale, boolean required) {

  /** What a DECIMAL can hold at most. */
  static final int DIGITS = 38;

  /** What a column holds; each may be NULL. */
  enum Kind {
    TEXT("VARCHAR"),
    INTEGER("INTEGER"),
    LONG("BIGINT"),
    DOUBLE("DOUBLE"),
    BOOLEAN("BOOLEAN"),
    DECIMAL("DECIMAL"),
    /** Milliseconds since 1970, UTC. */
    TIME("TIMESTAMP"),
    /** A list, as the text of its JSON. */
    JSON("VARCHAR");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }
  }

  /** The type in DuckDB's SQL. */
  String sqlType() {
    return kind == Kind.DECIMAL ? "DECIMAL(" + DIGITS + ", " + scale + ")" : kind.sql;
  }
}
