package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code SIGN}. */
@UdfDescription(
    name = "sign",
    category = FunctionCategory.MATHEMATICAL,
    description = "-1 of negative values, 0 of zero, 1 of positive ones.")
public class Sign {

  @Udf
  public Integer sign(@UdfParameter("value") Integer value) {
    return value == null ? null : Integer.signum(value);
  }

  @Udf
  public Integer sign(@UdfParameter("value") Long value) {
    return value == null ? null : Long.signum(value);
  }

  @Udf
  public Integer sign(@UdfParameter("value") Double value) {
    return value == null ? null : (int) Math.signum(value);
  }
}
