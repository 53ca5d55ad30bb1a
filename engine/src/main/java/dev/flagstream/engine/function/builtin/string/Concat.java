package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;

/** {@code CONCAT}, which {@code ||} stands for as well. */
@UdfDescription(
    name = "concat",
    category = FunctionCategory.STRING,
    description = "Joins strings or bytes end to end; NULL counts as empty.")
public class Concat {

  @Udf(description = "Joins strings.")
  public String concat(@UdfParameter("inputs") String... inputs) {
    long length = 0;
    for (String input : inputs) {
      length += input == null ? 0 : input.length();
    }
    RowBudget.characters("CONCAT", length);
    StringBuilder joined = new StringBuilder((int) length);
    for (String input : inputs) {
      if (input != null) {
        joined.append(input);
      }
    }
    return joined.toString();
  }

  @Udf(description = "Joins bytes.")
  public ByteBuffer concat(@UdfParameter("inputs") ByteBuffer... inputs) {
    long length = 0;
    for (ByteBuffer input : inputs) {
      length += input == null ? 0 : input.remaining();
    }
    RowBudget.characters("CONCAT", length);
    ByteBuffer joined = ByteBuffer.allocate((int) length);
    for (ByteBuffer input : inputs) {
      if (input != null) {
        joined.put(input.duplicate());
      }
    }
    return joined.flip();
  }
}
