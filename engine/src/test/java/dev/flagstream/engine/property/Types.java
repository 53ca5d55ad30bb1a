package dev.flagstream.engine.property;

import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Draws types of columns. */
final class Types {

  static final SqlType STRINGS = new SqlType.Array(SqlType.STRING);
  static final SqlType INTEGERS = new SqlType.Array(SqlType.INTEGER);

  /** Types that every format can carry. */
  private static final List<SqlType> PLAIN =
      List.of(SqlType.INTEGER, SqlType.STRING, SqlType.BIGINT, SqlType.DOUBLE);

  private static final List<SqlType> NUMBERS =
      List.of(
          SqlType.INTEGER,
          SqlType.BIGINT,
          SqlType.DOUBLE,
          new SqlType.Decimal(5, 2),
          new SqlType.Decimal(38, 10));

  private static final List<SqlType> FLAT =
      List.of(
          SqlType.INTEGER,
          SqlType.STRING,
          SqlType.BIGINT,
          SqlType.BOOLEAN,
          SqlType.DOUBLE,
          new SqlType.Decimal(5, 2),
          SqlType.DATE,
          SqlType.TIMESTAMP,
          SqlType.TIME,
          SqlType.BYTES,
          new SqlType.Decimal(38, 0));

  private Types() {}

  static SqlType plain(Choices choices) {
    return choices.of(PLAIN);
  }

  static SqlType number(Choices choices) {
    return choices.of(NUMBERS);
  }

  /** A type without parts. */
  static SqlType flat(Choices choices) {
    return choices.of(FLAT);
  }

  /** Any type, nested so many times at most. */
  static SqlType any(Choices choices, int depth) {
    if (depth == 0 || !choices.onceIn(3)) {
      return flat(choices);
    }
    return choices.ways(
        () -> new SqlType.Array(any(choices, depth - 1)),
        () -> new SqlType.Map(SqlType.STRING, any(choices, depth - 1)),
        () -> struct(choices, depth - 1));
  }

  private static SqlType struct(Choices choices, int depth) {
    List<SqlType.Field> fields = new ArrayList<>();
    int count = choices.between(1, 3);
    for (int i = 0; i < count; i++) {
      String name = choices.onceIn(6) ? "lower" + i : "F" + i;
      fields.add(new SqlType.Field(name, any(choices, depth)));
    }
    return new SqlType.Struct(fields);
  }
}
