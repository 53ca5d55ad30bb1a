package dev.flagstream.engine.format;

import dev.flagstream.engine.type.SqlType.Decimal;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Fits numbers into DECIMAL columns without ever rounding them. */
final class DecimalColumns {

  private DecimalColumns() {}

  /**
   * The number with the type's scale.
   *
   * @throws ArithmeticException if it has more digits than the type holds
   */
  static BigDecimal fit(BigDecimal value, Decimal type) {
    if (value.scale() == type.scale() && value.precision() <= type.precision()) {
      return value;
    }
    BigDecimal fitted = rescale(value, type);
    if (fitted.precision() > type.precision()) {
      throw doesNotFit(value, type);
    }
    return fitted;
  }

  private static BigDecimal rescale(BigDecimal value, Decimal type) {
    try {
      return ExactDecimals.rescale(
          value, type.scale(), RoundingMode.UNNECESSARY, type.precision() - type.scale());
    } catch (ArithmeticException e) {
      throw doesNotFit(value, type);
    }
  }

  private static ArithmeticException doesNotFit(BigDecimal value, Decimal type) {
    return new ArithmeticException(
        "Cannot fit decimal '"
            + ExactDecimals.show(value)
            + "' into DECIMAL("
            + type.precision()
            + ", "
            + type.scale()
            + ") without rounding. (Requires "
            + value.precision()
            + ","
            + value.scale()
            + ")");
  }
}
