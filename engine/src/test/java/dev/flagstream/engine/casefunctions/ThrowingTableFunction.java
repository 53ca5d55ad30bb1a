package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udtf.Udtf;
import io.confluent.ksql.function.udtf.UdtfDescription;
import java.util.List;

/** {@code THROWING_UDTF}: its argument as a row, or an exception. */
@UdtfDescription(name = "throwing_udtf", description = "Throws if it is told to.")
public class ThrowingTableFunction {

  @Udtf
  public List<Boolean> of(@UdfParameter("shouldThrow") boolean shouldThrow) {
    if (shouldThrow) {
      throw new IllegalStateException("throwing_udtf throws");
    }
    return List.of(shouldThrow);
  }
}
