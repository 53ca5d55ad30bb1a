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

  /** Its zero has the scale of the column, so that an empty sum prints as any other. */
  private static final class DecimalSum extends NumberSum<BigDecimal> {
    DecimalSum() {
      super(BigDecimal.ZERO, BigDecimal::add, BigDecimal::subtract);
    }

    @Override
    public BigDecimal initialize() {
      return BigDecimal.ZERO.setScale(((SqlDecimal) type()).getScale());
    }
  }
}
