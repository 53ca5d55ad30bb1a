package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Constants as keys to look for: a key is found by its bytes, so 1 and 1.0 must become a number of
 * the key column's own type first.
 */
final class KeyConstants {

  private static final int DIGITS_OF_INTEGER = 10;
  private static final int DIGITS_OF_BIGINT = 19;

  private KeyConstants() {}

  /** Whether constants of a type are values of the column's, or numbers that can become some. */
  static boolean canBe(SqlType constant, SqlType column) {
    return constant.equals(column)
        || switch (column.base()) {
          case INTEGER, BIGINT, DOUBLE, DECIMAL -> isExact(constant);
          default -> false;
        };
  }

  private static boolean isExact(SqlType type) {
    return switch (type.base()) {
      case INTEGER, BIGINT, DECIMAL -> true;
      default -> false;
    };
  }

  /** Whether every value of a type stays the same number when it is cast to another. */
  static boolean widens(SqlType from, SqlType to) {
    int whole =
        switch (from.base()) {
          case INTEGER -> DIGITS_OF_INTEGER;
          case BIGINT -> DIGITS_OF_BIGINT;
          case DECIMAL -> ((SqlType.Decimal) from).precision() - ((SqlType.Decimal) from).scale();
          default -> Integer.MAX_VALUE;
        };
    int places = from instanceof SqlType.Decimal decimal ? decimal.scale() : 0;
    return to instanceof SqlType.Decimal wide
        ? whole <= wide.precision() - wide.scale() && places <= wide.scale()
        : SqlType.INTEGER.equals(from) && SqlType.BIGINT.equals(to);
  }

  /**
   * A constant as a value of the column's type.
   *
   * @return empty if no value of that type is the same number
   */
  static Optional<Object> as(Object constant, SqlType column) {
    if (!(constant instanceof Number number)) {
      return Optional.of(constant);
    }
    try {
      return Optional.of(
          switch (column.base()) {
            case INTEGER -> exact(number).intValueExact();
            case BIGINT -> exact(number).longValueExact();
            case DOUBLE -> number.doubleValue();
            case DECIMAL -> exact(number).setScale(((SqlType.Decimal) column).scale());
            default -> constant;
          });
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
  }
}
