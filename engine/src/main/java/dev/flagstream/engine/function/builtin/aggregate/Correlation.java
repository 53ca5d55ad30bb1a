package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.util.Pair;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** {@code CORRELATION}. */
@UdafDescription(
    name = "correlation",
    description =
        "The Pearson correlation coefficient of two columns; pairs with NULL are left out, NaN of"
            + " less than two pairs or a column that does not vary.")
public final class Correlation {
  private Correlation() {}

  @UdafFactory(description = "The correlation of two columns.", aggregateSchema = Coefficient.STATE)
  public static TableUdaf<Pair<Double, Double>, Struct, Double> ofDouble() {
    return new Coefficient<>();
  }

  @UdafFactory(description = "The correlation of two columns.", aggregateSchema = Coefficient.STATE)
  public static TableUdaf<Pair<Integer, Integer>, Struct, Double> ofInteger() {
    return new Coefficient<>();
  }

  @UdafFactory(description = "The correlation of two columns.", aggregateSchema = Coefficient.STATE)
  public static TableUdaf<Pair<Long, Long>, Struct, Double> ofLong() {
    return new Coefficient<>();
  }

  private static final class Coefficient<T extends Number>
      implements TableUdaf<Pair<T, T>, Struct, Double> {

    static final String STATE =
        "STRUCT<COUNT BIGINT, SUM_X DOUBLE, SUM_Y DOUBLE, SUM_XX DOUBLE, SUM_YY DOUBLE,"
            + " SUM_XY DOUBLE>";

    private static final String COUNT = "COUNT";
    private static final List<String> SUMS =
        List.of("SUM_X", "SUM_Y", "SUM_XX", "SUM_YY", "SUM_XY");
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
      SchemaBuilder builder = SchemaBuilder.struct().optional();
      builder.field(COUNT, Schema.OPTIONAL_INT64_SCHEMA);
      SUMS.forEach(sum -> builder.field(sum, Schema.OPTIONAL_FLOAT64_SCHEMA));
      return builder.build();
    }

    @Override
    public Struct initialize() {
      Struct state = new Struct(SCHEMA).put(COUNT, 0L);
      SUMS.forEach(sum -> state.put(sum, 0.0));
      return state;
    }

    @Override
    public Struct aggregate(Pair<T, T> current, Struct state) {
      return changed(state, current, 1);
    }

    @Override
    public Struct undo(Pair<T, T> former, Struct state) {
      return changed(state, former, -1);
    }

    private static Struct changed(
        Struct state, Pair<? extends Number, ? extends Number> pair, int sign) {
      if (pair.getLeft() == null || pair.getRight() == null) {
        return state;
      }
      double x = pair.getLeft().doubleValue();
      double y = pair.getRight().doubleValue();
      double[] terms = {x, y, x * x, y * y, x * y};
      Struct changed = new Struct(SCHEMA).put(COUNT, state.getInt64(COUNT) + sign);
      for (int i = 0; i < terms.length; i++) {
        changed.put(SUMS.get(i), state.getFloat64(SUMS.get(i)) + sign * terms[i]);
      }
      return changed;
    }

    @Override
    public Struct merge(Struct one, Struct other) {
      Struct merged = new Struct(SCHEMA).put(COUNT, one.getInt64(COUNT) + other.getInt64(COUNT));
      SUMS.forEach(sum -> merged.put(sum, one.getFloat64(sum) + other.getFloat64(sum)));
      return merged;
    }

    @Override
    public Double map(Struct state) {
      double n = state.getInt64(COUNT);
      double sumX = state.getFloat64("SUM_X");
      double sumY = state.getFloat64("SUM_Y");
      double covariance = n * state.getFloat64("SUM_XY") - sumX * sumY;
      double varianceX = n * state.getFloat64("SUM_XX") - sumX * sumX;
      double varianceY = n * state.getFloat64("SUM_YY") - sumY * sumY;
      return covariance / Math.sqrt(varianceX * varianceY);
    }
  }
}
