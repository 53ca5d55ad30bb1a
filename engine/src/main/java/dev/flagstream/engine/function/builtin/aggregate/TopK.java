package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Pair;
import java.util.List;

/** {@code TOPK}. */
@UdafDescription(
    name = "TOPK",
    description =
        "The k largest values of a group, or the rows that have them; NULL is left out. Of a stream"
            + " only.")
public final class TopK {
  private TopK() {}

  @UdafFactory(
      description = "Largest first; of further columns, structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Integer, VariadicArgs<Object>>, List<Object>, List<Object>> ofInteger(
      int k) {
    return new TopValuesOrRows<>(k);
  }

  @UdafFactory(
      description = "Largest first; of further columns, structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Long, VariadicArgs<Object>>, List<Object>, List<Object>> ofLong(int k) {
    return new TopValuesOrRows<>(k);
  }

  @UdafFactory(
      description = "Largest first; of further columns, structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Double, VariadicArgs<Object>>, List<Object>, List<Object>> ofDouble(
      int k) {
    return new TopValuesOrRows<>(k);
  }

  @UdafFactory(
      description = "Largest first; of further columns, structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<String, VariadicArgs<Object>>, List<Object>, List<Object>> ofString(
      int k) {
    return new TopValuesOrRows<>(k);
  }
}
