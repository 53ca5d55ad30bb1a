package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.util.function.BinaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** {@code AVG}. */
@UdafDescription(
    name = "avg",
    description = "The average of the values that are not NULL, as a DOUBLE; 0 if there are none.")
public final class Avg {
  private Avg() {}

  @UdafFactory(
      description = "The average of a group.",
      aggregateSchema = "STRUCT<SUM INTEGER, COUNT BIGINT>")
  public static TableUdaf<Integer, Struct, Double> ofInteger() {
    return new Average<>(Schema.OPTIONAL_INT32_SCHEMA, 0, (a, b) -> a + b, (a, b) -> a - b);
  }

  @UdafFactory(
      description = "The average of a group.",
      aggregateSchema = "STRUCT<SUM BIGINT, COUNT BIGINT>")
  public static TableUdaf<Long, Struct, Double> ofLong() {
    return new Average<>(Schema.OPTIONAL_INT64_SCHEMA, 0L, (a, b) -> a + b, (a, b) -> a - b);
  }

  @UdafFactory(
      description = "The average of a group.",
      aggregateSchema = "STRUCT<SUM DOUBLE, COUNT BIGINT>")
  public static TableUdaf<Double, Struct, Double> ofDouble() {
    return new Average<>(Schema.OPTIONAL_FLOAT64_SCHEMA, 0.0, (a, b) -> a + b, (a, b) -> a - b);
  }

  private static final class Average<T extends Number> implements TableUdaf<T, Struct, Double> {
    private static final String SUM = "SUM";
    private static final String COUNT = "COUNT";

    private final Schema schema;
    private final T zero;
    private final BinaryOperator<T> plus;
    private final BinaryOperator<T> minus;

    Average(Schema numbers, T zero, BinaryOperator<T> plus, BinaryOperator<T> minus) {
      this.schema =
          SchemaBuilder.struct()
              .optional()
              .field(SUM, numbers)
              .field(COUNT, Schema.OPTIONAL_INT64_SCHEMA)
              .build();
      this.zero = zero;
      this.plus = plus;
      this.minus = minus;
    }

    private Struct state(T sum, long count) {
      return new Struct(schema).put(SUM, sum).put(COUNT, count);
    }

    // The state was made by this class, or read back by its schema.
    @SuppressWarnings("unchecked")
    private T sum(Struct state) {
      return (T) state.get(SUM);
    }

    @Override
    public Struct initialize() {
      return state(zero, 0);
    }

    @Override
    public Struct aggregate(T current, Struct state) {
      return current == null
          ? state
          : state(plus.apply(sum(state), current), state.getInt64(COUNT) + 1);
    }

    @Override
    public Struct undo(T former, Struct state) {
      return former == null
          ? state
          : state(minus.apply(sum(state), former), state.getInt64(COUNT) - 1);
    }

    @Override
    public Struct merge(Struct one, Struct other) {
      return state(plus.apply(sum(one), sum(other)), one.getInt64(COUNT) + other.getInt64(COUNT));
    }

    @Override
    public Double map(Struct state) {
      long count = state.getInt64(COUNT);
      return count == 0 ? 0.0 : sum(state).doubleValue() / count;
    }
  }
}
