package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The sum of squared deviations from the mean, updated value by value (Youngs and Cramer), which
 * does not lose digits as the textbook formula with the sum of squares does.
 */
final class Deviation<T extends Number> implements TableUdaf<T, Struct, Double> {

  static final String STATE = "STRUCT<SUM DOUBLE, COUNT BIGINT, M2 DOUBLE>";

  private static final String SUM = "SUM";
  private static final String COUNT = "COUNT";
  private static final String M2 = "M2";

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .optional()
          .field(SUM, Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field(COUNT, Schema.OPTIONAL_INT64_SCHEMA)
          .field(M2, Schema.OPTIONAL_FLOAT64_SCHEMA)
          .build();

  private final UnaryOperator<Double> resultOfVariance;

  /** What is shown is a function of the variance of the sample. */
  Deviation(UnaryOperator<Double> resultOfVariance) {
    this.resultOfVariance = resultOfVariance;
  }

  private static Struct state(double sum, long count, double m2) {
    return new Struct(SCHEMA).put(SUM, sum).put(COUNT, count).put(M2, m2);
  }

  @Override
  public Struct initialize() {
    return state(0, 0, 0);
  }

  @Override
  public Struct aggregate(T current, Struct state) {
    if (current == null) {
      return state;
    }
    long count = state.getInt64(COUNT) + 1;
    double sum = state.getFloat64(SUM) + current.doubleValue();
    return state(sum, count, state.getFloat64(M2) + step(current.doubleValue(), count, sum));
  }

  @Override
  public Struct undo(T former, Struct state) {
    if (former == null) {
      return state;
    }
    long count = state.getInt64(COUNT);
    double sum = state.getFloat64(SUM);
    double m2 = state.getFloat64(M2) - step(former.doubleValue(), count, sum);
    return state(sum - former.doubleValue(), count - 1, Math.max(0, m2));
  }

  /** What a value adds, given count and sum with it. */
  private static double step(double value, long count, double sum) {
    double difference = count * value - sum;
    return count < 2 ? 0 : difference * difference / (count * (count - 1.0));
  }

  @Override
  public Struct merge(Struct one, Struct other) {
    long oneCount = one.getInt64(COUNT);
    long otherCount = other.getInt64(COUNT);
    if (oneCount == 0 || otherCount == 0) {
      return oneCount == 0 ? other : one;
    }
    double oneSum = one.getFloat64(SUM);
    double otherSum = other.getFloat64(SUM);
    double difference = otherCount * oneSum - oneCount * otherSum;
    double between =
        difference * difference / ((double) oneCount * otherCount * (oneCount + otherCount));
    return state(
        oneSum + otherSum,
        oneCount + otherCount,
        one.getFloat64(M2) + other.getFloat64(M2) + between);
  }

  @Override
  public Double map(Struct state) {
    long count = state.getInt64(COUNT);
    return resultOfVariance.apply(count < 2 ? 0.0 : state.getFloat64(M2) / (count - 1));
  }
}
