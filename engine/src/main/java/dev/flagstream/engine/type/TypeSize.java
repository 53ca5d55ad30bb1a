package dev.flagstream.engine.type;

import dev.flagstream.engine.SqlException;
import java.util.List;

/**
 * How many types one type is made of. Types that hold another one twice, each named for the next,
 * would double with every statement.
 */
final class TypeSize {

  private static final int MOST = 10_000;

  private TypeSize() {}

  /**
   * Checks the size of a type.
   *
   * @throws SqlException if it is too large
   */
  static void requireBounded(long size) {
    if (size > MOST) {
      throw new SqlException(
          "A type has %d fields at most, together with those of its fields, keys and elements."
              .formatted(MOST));
    }
  }

  /** The type itself, and all types in it. */
  static long of(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return 1 + of(array.element());
    }
    if (type instanceof SqlType.Map map) {
      return 1 + of(map.key()) + of(map.value());
    }
    return type instanceof SqlType.Struct struct ? of(struct.fields()) : 1;
  }

  /** A struct of these fields, and all types in it. */
  static long of(List<SqlType.Field> fields) {
    long size = 1;
    for (SqlType.Field field : fields) {
      size += of(field.type());
    }
    return size;
  }
}
