package io.confluent.ksql.schema.ksql.types;

import java.util.Arrays;
import java.util.stream.Stream;

/** The kinds of SQL type. Numbers stand in widening order, which implicit casts rely on. */
public enum SqlBaseType {
  BOOLEAN,
  INTEGER,
  BIGINT,
  DECIMAL,
  DOUBLE,
  STRING,
  ARRAY,
  MAP,
  STRUCT,
  TIME,
  DATE,
  TIMESTAMP,
  BYTES;

  public boolean isNumber() {
    return this == INTEGER || this == BIGINT || this == DECIMAL || this == DOUBLE;
  }

  public boolean isTime() {
    return this == TIME || this == DATE || this == TIMESTAMP;
  }

  /** Whether a value of this kind is taken, without CAST, where the other is wanted. */
  public boolean canImplicitlyCast(SqlBaseType to) {
    if (to == null) {
      return false;
    }
    boolean widens = isNumber() && to.isNumber() && compareTo(to) <= 0;
    boolean parses = this == STRING && to.isTime();
    return this == to || widens || parses;
  }

  public static Stream<SqlBaseType> numbers() {
    return Arrays.stream(values()).filter(SqlBaseType::isNumber);
  }
}
