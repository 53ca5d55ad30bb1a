package dev.flagstream.engine.expression;

import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.util.Locale;
import java.util.Optional;

/**
 * The types that BETWEEN compares, and comparisons in NOT and the like, whose types nothing asks
 * for. As in ksqlDB, they differ from those of {@code >=} elsewhere. Texts and bytes beside other
 * types are accepted, though such rows can only be NULL.
 */
final class BetweenTypes {

  private BetweenTypes() {}

  /** Whether an operand of one type can stand beside a bound of the other. */
  static boolean allowed(BaseType left, BaseType right) {
    if (left == BaseType.DECIMAL || right == BaseType.DECIMAL) {
      return isDecimalOperand(left) && isDecimalOperand(right);
    }
    if (left == BaseType.STRING || left == BaseType.BYTES) {
      return true;
    }
    return left.isTime() || right.isTime() || (left.isNumber() && right.isNumber());
  }

  private static boolean isDecimalOperand(BaseType type) {
    return type.isNumber() || type == BaseType.STRING;
  }

  /** ksqlDB's words, where it has its own for the pair. */
  static Optional<String> refusal(ComparisonOperator operator, BaseType left, BaseType right) {
    if (left == BaseType.DECIMAL || right == BaseType.DECIMAL) {
      return Optional.empty();
    }
    if (left == BaseType.TIME || right == BaseType.TIME) {
      return times(BaseType.TIME, left, right);
    }
    for (BaseType time : new BaseType[] {BaseType.TIMESTAMP, BaseType.DATE}) {
      if (left == time || right == time) {
        return times(time, left, right);
      }
    }
    return switch (left) {
      case ARRAY, MAP, STRUCT, BOOLEAN ->
          Optional.of(
              "Unexpected "
                  + left.name().toLowerCase(Locale.ROOT)
                  + " comparison: "
                  + operator.symbol());
      default -> Optional.empty();
    };
  }

  private static Optional<String> times(BaseType time, BaseType left, BaseType right) {
    BaseType other = left == time ? right : left;
    boolean fits =
        other == BaseType.STRING
            || other == time
            || (time != BaseType.TIME && other.isTime() && other != BaseType.TIME);
    return fits ? Optional.empty() : Optional.of("Unexpected comparison to " + time + ": " + other);
  }
}
