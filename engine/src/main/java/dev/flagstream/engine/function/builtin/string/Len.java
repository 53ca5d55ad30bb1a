package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;

/** {@code LEN}. */
@UdfDescription(
    name = "len",
    category = FunctionCategory.STRING,
    description = "The length of a string in characters, or the number of bytes.")
public class Len {

  @Udf
  public Integer len(@UdfParameter("input") String input) {
    return input == null ? null : input.length();
  }

  @Udf
  public Integer len(@UdfParameter("input") ByteBuffer input) {
    return input == null ? null : input.remaining();
  }
}
