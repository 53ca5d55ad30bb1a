package dev.flagstream.engine.function.builtin.lambda;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.TriFunction;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** {@code REDUCE}. */
@UdfDescription(
    name = "reduce",
    category = FunctionCategory.LAMBDA,
    description =
        "What a lambda makes of a state and one element after the other, beginning with an initial"
            + " state; NULL if that is NULL, the initial state of a NULL collection.")
public class Reduce {

  @Udf(description = "Reduces an array.")
  public <T, S> S reduce(
      @UdfParameter("list") List<T> array,
      @UdfParameter("initialState") S state,
      @UdfParameter("biFunction") BiFunction<S, T, S> next) {
    if (array == null || state == null) {
      return state;
    }
    S reduced = state;
    for (T element : array) {
      reduced = next.apply(reduced, element);
    }
    return reduced;
  }

  @Udf(description = "Reduces a map.")
  public <K, V, S> S reduce(
      @UdfParameter("map") Map<K, V> map,
      @UdfParameter("initialState") S state,
      @UdfParameter("triFunction") TriFunction<S, K, V, S> next) {
    if (map == null || state == null) {
      return state;
    }
    S reduced = state;
    for (Map.Entry<K, V> entry : map.entrySet()) {
      reduced = next.apply(reduced, entry.getKey(), entry.getValue());
    }
    return reduced;
  }
}
