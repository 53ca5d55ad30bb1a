package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import org.apache.kafka.connect.data.Struct;

/** {@code STDDEV_SAMP}, which in ksqlDB gives the variance whatever its name. */
@UdafDescription(
    name = "STDDEV_SAMP",
    description =
        "The variance of a sample, as in ksqlDB; STDDEV_SAMPLE is the standard deviation. NULL is left out, 0 of less than two values.")
public final class StddevSamp {
  private StddevSamp() {}

  @UdafFactory(description = "The variance of a group.", aggregateSchema = Deviation.WHOLE_STATE)
  public static TableUdaf<Integer, Struct, Double> ofInteger() {
    return new Deviation<>(Deviation.Sums.INTEGER, variance -> variance);
  }

  @UdafFactory(description = "The variance of a group.", aggregateSchema = Deviation.WHOLE_STATE)
  public static TableUdaf<Long, Struct, Double> ofLong() {
    return new Deviation<>(Deviation.Sums.BIGINT, variance -> variance);
  }

  @UdafFactory(description = "The variance of a group.", aggregateSchema = Deviation.STATE)
  public static TableUdaf<Double, Struct, Double> ofDouble() {
    return new Deviation<>(Deviation.Sums.DOUBLE, variance -> variance);
  }
}
