package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.schema.ksql.types.SqlDecimal;
import java.math.BigDecimal;

/** {@code SUM}. */
@UdafDescription(
    name = "SUM",
    description = "The sum of the values that are not NULL; 0 if there are none.")
public final class Sum {
  private Sum() {}

  @UdafFactory(description = "The sum of a group.")
  public static TableUdaf<Integer, Integer, Integer> ofInteger() {
    return new NumberSum<>(0, (a, b) -> a + b, (a, b) -> a - b);
  }

  @UdafFactory(description = "The sum of a group.")
  public static TableUdaf<Long, Long, Long> ofLong() {
    return new NumberSum<>(0L, (a, b) -> a + b, (a, b) -> a - b);
  }

  @UdafFactory(description = "The sum of a group.")
  public static TableUdaf<Double, Double, Double> ofDouble() {
    return new NumberSum<>(0.0, (a, b) -> a + b, (a, b) -> a - b);
  }

  @UdafFactory(description = "The exact sum of a group, of the same precision and scale.")
  public static TableUdaf<BigDecimal, BigDecimal, BigDecimal> ofDecimal() {
    return new DecimalSum();
  }

  /**
   * Before the first value it is 0, without places, as in ksqlDB. A sum that the column's type
   * cannot hold is refused: the row counts for nothing.
   */
  private static final class DecimalSum extends NumberSum<BigDecimal> {
    DecimalSum() {
      super(BigDecimal.ZERO, BigDecimal::add, BigDecimal::subtract);
    }

    @Override
    public BigDecimal aggregate(BigDecimal current, BigDecimal sum) {
      return fitting(super.aggregate(current, sum));
    }

    @Override
    public BigDecimal undo(BigDecimal former, BigDecimal sum) {
      return fitting(super.undo(former, sum));
    }

    @Override
    public BigDecimal merge(BigDecimal one, BigDecimal other) {
      return fitting(super.merge(one, other));
    }

    private BigDecimal fitting(BigDecimal sum) {
      int most = decimal().getPrecision() - decimal().getScale();
      if (sum.precision() - sum.scale() > most) {
        throw new ArithmeticException(
            "Numeric field overflow: A field with precision %d and scale %d must round to an absolute value less than 10^%d. Got %s"
                .formatted(
                    decimal().getPrecision(), decimal().getScale(), most, sum.toPlainString()));
      }
      return sum;
    }

    private SqlDecimal decimal() {
      return (SqlDecimal) type();
    }
  }
}
