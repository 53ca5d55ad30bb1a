package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code WHENCONDITION}: a condition of CASE that throws where it must not be looked at. */
@UdfDescription(name = "whencondition", description = "Its first argument, if it may be asked.")
public class WhenCondition {

  @Udf
  public boolean condition(
      @UdfParameter("result") boolean result, @UdfParameter("mayBeAsked") boolean mayBeAsked) {
    if (!mayBeAsked) {
      throw new IllegalStateException("a condition was asked that should not matter any more");
    }
    return result;
  }
}
