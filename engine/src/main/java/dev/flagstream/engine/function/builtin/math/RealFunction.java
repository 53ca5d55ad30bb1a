package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfParameter;

/**
 * A function of one real number, with a variant for INTEGER, BIGINT and DOUBLE as ksqlDB has them:
 * a DECIMAL is widened to DOUBLE, and a bare NULL could mean any. NULL gives NULL.
 */
public abstract class RealFunction {

  /** The function's value. */
  abstract double compute(double value);

  @Udf
  public Double of(@UdfParameter("value") Integer value) {
    return value == null ? null : compute(value);
  }

  @Udf
  public Double of(@UdfParameter("value") Long value) {
    return value == null ? null : compute(value);
  }

  @Udf
  public Double of(@UdfParameter("value") Double value) {
    return value == null ? null : compute(value);
  }
}
