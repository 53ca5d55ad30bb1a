package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import java.util.concurrent.ThreadLocalRandom;

/** {@code RANDOM}, another value at each call. */
@UdfDescription(
    name = "random",
    category = FunctionCategory.MATHEMATICAL,
    description = "A random number from 0.0 to below 1.0.")
public class Random {

  @Udf
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
