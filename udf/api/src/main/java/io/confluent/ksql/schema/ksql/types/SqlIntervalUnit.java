package io.confluent.ksql.schema.ksql.types;

/** The type of an interval's unit, such as the DAYS of {@code DATEADD(DAYS, 1, d)}. */
public final class SqlIntervalUnit {

  public static final SqlIntervalUnit INSTANCE = new SqlIntervalUnit();

  private SqlIntervalUnit() {}

  @Override
  public String toString() {
    return "INTERVAL UNIT";
  }
}
