package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code ATAN2}. */
@UdfDescription(
    name = "atan2",
    category = FunctionCategory.MATHEMATICAL,
    description = "The angle in radians of the point (x, y) in polar coordinates.")
public class Atan2 {

  @Udf
  public Double atan2(@UdfParameter("y") Integer y, @UdfParameter("x") Integer x) {
    return y == null || x == null ? null : compute(y, x);
  }

  @Udf
  public Double atan2(@UdfParameter("y") Long y, @UdfParameter("x") Long x) {
    return y == null || x == null ? null : compute(y, x);
  }

  @Udf
  public Double atan2(@UdfParameter("y") Double y, @UdfParameter("x") Double x) {
    return y == null || x == null ? null : compute(y, x);
  }

  private static double compute(double y, double x) {
    return Math.atan2(y, x);
  }
}
