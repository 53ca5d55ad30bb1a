package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The sum of squared deviations from the mean, updated value by value (Youngs and Cramer), which
 * does not lose digits as the textbook formula with the sum of squares does. As in ksqlDB, the sum
 * of whole numbers is of their type, and wraps around where it grows too large for it.
 */
final class Deviation<T extends Number> implements TableUdaf<T, Struct, Double> {

  static final String STATE = "STRUCT<SUM DOUBLE, COUNT BIGINT, M2 DOUBLE>";
  static final String WHOLE_STATE = "STRUCT<SUM BIGINT, COUNT BIGINT, M2 DOUBLE>";

  private static final String SUM = "SUM";
  private static final String COUNT = "COUNT";
  private static final String M2 = "M2";

  /** How sums are kept. */
  enum Sums {
    INTEGER(Schema.OPTIONAL_INT64_SCHEMA) {
      @Override
      Number plus(Number one, Number other) {
        return (long) (int) (one.longValue() + other.longValue());
      }
    },
    BIGINT(Schema.OPTIONAL_INT64_SCHEMA) {
      @Override
      Number plus(Number one, Number other) {
        return one.longValue() + other.longValue();
      }
    },
    DOUBLE(Schema.OPTIONAL_FLOAT64_SCHEMA) {
      @Override
      Number plus(Number one, Number other) {
        return one.doubleValue() + other.doubleValue();
      }

      @Override
      Number negative(Number value) {
        return -value.doubleValue();
      }

      @Override
      double difference(long oneTimes, Number one, long otherTimes, Number other) {
        return oneTimes * one.doubleValue() - otherTimes * other.doubleValue();
      }

      @Override
      Number zero() {
        return 0.0;
      }
    };

    @SuppressWarnings("ImmutableEnumChecker") // A schema that was built does not change.
    private final Schema schema;

    Sums(Schema sum) {
      schema =
          SchemaBuilder.struct()
              .optional()
              .field(SUM, sum)
              .field(COUNT, Schema.OPTIONAL_INT64_SCHEMA)
              .field(M2, Schema.OPTIONAL_FLOAT64_SCHEMA)
              .build();
    }

    abstract Number plus(Number one, Number other);

    Number negative(Number value) {
      return -value.longValue();
    }

    double difference(long oneTimes, Number one, long otherTimes, Number other) {
      return oneTimes * one.longValue() - otherTimes * other.longValue();
    }

    Number zero() {
      return 0L;
    }
  }

  private final Sums sums;
  private final UnaryOperator<Double> resultOfVariance;

  /** The result is a function of the variance of the sample. */
  Deviation(Sums sums, UnaryOperator<Double> resultOfVariance) {
    this.sums = sums;
    this.resultOfVariance = resultOfVariance;
  }

  private Struct state(Number sum, long count, double m2) {
    return new Struct(sums.schema).put(SUM, sum).put(COUNT, count).put(M2, m2);
  }

  private static Number sum(Struct state) {
    return (Number) state.get(SUM);
  }

  @Override
  public Struct initialize() {
    return state(sums.zero(), 0, 0);
  }

  @Override
  public Struct aggregate(T current, Struct state) {
    if (current == null) {
      return state;
    }
    long count = state.getInt64(COUNT) + 1;
    Number sum = sums.plus(sum(state), current);
    return state(sum, count, state.getFloat64(M2) + step(current, count, sum));
  }

  @Override
  public Struct undo(T former, Struct state) {
    if (former == null) {
      return state;
    }
    long count = state.getInt64(COUNT);
    double m2 = state.getFloat64(M2) - step(former, count, sum(state));
    return state(sums.plus(sum(state), sums.negative(former)), count - 1, Math.max(0, m2));
  }

  /** The contribution of a value, given the count and sum that include it. */
  private double step(T value, long count, Number sum) {
    double difference = sums.difference(count, value, 1, sum);
    return count < 2 ? 0 : difference * difference / (count * (count - 1.0));
  }

  @Override
  public Struct merge(Struct one, Struct other) {
    long oneCount = one.getInt64(COUNT);
    long otherCount = other.getInt64(COUNT);
    if (oneCount == 0 || otherCount == 0) {
      return oneCount == 0 ? other : one;
    }
    double difference = sums.difference(otherCount, sum(one), oneCount, sum(other));
    double between =
        difference * difference / ((double) oneCount * otherCount * (oneCount + otherCount));
    return state(
        sums.plus(sum(one), sum(other)),
        oneCount + otherCount,
        one.getFloat64(M2) + other.getFloat64(M2) + between);
  }

  @Override
  public Double map(Struct state) {
    long count = state.getInt64(COUNT);
    return resultOfVariance.apply(count < 2 ? 0.0 : state.getFloat64(M2) / (count - 1));
  }
}
