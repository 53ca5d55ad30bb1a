package dev.flagstream.engine.function.builtin.array;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;

/** {@code ARRAY_CONCAT}. */
@UdfDescription(
    name = "array_concat",
    category = FunctionCategory.ARRAY,
    description = "The elements of both arrays; NULL if both are NULL.")
public class ArrayConcat {

  @Udf
  public <T> List<T> arrayConcat(
      @UdfParameter("left") List<T> left, @UdfParameter("right") List<T> right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    RowBudget.elements("ARRAY_CONCAT", (long) left.size() + right.size());
    List<T> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }
}
