package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code BAD_UDF}: throws, or gives NULL at every other call. */
@UdfDescription(name = "bad_udf", description = "Fails in several ways.")
public class BadFunction {

  private final AtomicBoolean nullNext = new AtomicBoolean(true);

  @Udf(description = "Always throws.")
  public int ofInt(@UdfParameter("number") int number) {
    throw new IllegalStateException("bad_udf throws");
  }

  @Udf(description = "Throws if it is told to.")
  public int ofBoolean(@UdfParameter("shouldThrow") boolean shouldThrow) {
    if (shouldThrow) {
      throw new IllegalStateException("bad_udf throws");
    }
    return 0;
  }

  @Udf(description = "Gives its argument at every second call, and NULL at the others.")
  public String ofString(@UdfParameter("text") String text) {
    return nullNext.getAndSet(!nullNext.get()) ? null : text;
  }
}
