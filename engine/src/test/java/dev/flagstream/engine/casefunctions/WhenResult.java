package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code WHENRESULT}: a result of CASE that throws where it is not the one chosen. */
@UdfDescription(name = "whenresult", description = "Its first argument, if it may be asked.")
public class WhenResult {

  @Udf
  public int result(
      @UdfParameter("result") int result, @UdfParameter("mayBeAsked") boolean mayBeAsked) {
    if (!mayBeAsked) {
      throw new IllegalStateException("a result was computed that is not the one chosen");
    }
    return result;
  }
}
