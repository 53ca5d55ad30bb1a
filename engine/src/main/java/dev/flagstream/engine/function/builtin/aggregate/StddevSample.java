package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import org.apache.kafka.connect.data.Struct;

/** {@code STDDEV_SAMPLE}. */
@UdafDescription(
    name = "STDDEV_SAMPLE",
    description =
        "The standard deviation of a sample; NULL is left out, 0 of less than two values.")
public final class StddevSample {
  private StddevSample() {}

  @UdafFactory(
      description = "The standard deviation of a group.",
      aggregateSchema = Deviation.WHOLE_STATE)
  public static TableUdaf<Integer, Struct, Double> ofInteger() {
    return new Deviation<>(Deviation.Sums.INTEGER, Math::sqrt);
  }

  @UdafFactory(
      description = "The standard deviation of a group.",
      aggregateSchema = Deviation.WHOLE_STATE)
  public static TableUdaf<Long, Struct, Double> ofLong() {
    return new Deviation<>(Deviation.Sums.BIGINT, Math::sqrt);
  }

  @UdafFactory(
      description = "The standard deviation of a group.",
      aggregateSchema = Deviation.STATE)
  public static TableUdaf<Double, Struct, Double> ofDouble() {
    return new Deviation<>(Deviation.Sums.DOUBLE, Math::sqrt);
  }
}
