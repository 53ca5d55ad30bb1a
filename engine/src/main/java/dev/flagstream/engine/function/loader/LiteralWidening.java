package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;

/** Widens literals to the type that a parameter wants. */
final class LiteralWidening {

  private LiteralWidening() {}

  /** The value as one of the wanted type; null and values that are no numbers stay as they are. */
  static Object widened(Object value, SqlType wanted) {
    if (!(value instanceof Number number) || wanted == null) {
      return value;
    }
    return switch (wanted.base()) {
      case INTEGER -> number.intValue();
      case BIGINT -> number.longValue();
      case DOUBLE -> number.doubleValue();
      case DECIMAL ->
          number instanceof BigDecimal ? number : BigDecimal.valueOf(number.longValue());
      default -> value;
    };
  }
}
