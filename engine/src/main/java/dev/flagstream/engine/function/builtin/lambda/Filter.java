package dev.flagstream.engine.function.builtin.lambda;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code FILTER}. */
@UdfDescription(
    name = "filter",
    category = FunctionCategory.LAMBDA,
    description = "The elements of an array, or entries of a map, of which a lambda is true.")
public class Filter {

  @Udf(description = "Keeps elements of an array.")
  public <T> List<T> filter(
      @UdfParameter("array") List<T> array,
      @UdfParameter("function") Function<T, Boolean> condition) {
    return array == null
        ? null
        : array.stream()
            .filter(element -> isTrue(condition.apply(element)))
            .collect(Collectors.toCollection(ArrayList::new));
  }

  @Udf(description = "Keeps entries of a map.")
  public <K, V> Map<K, V> filter(
      @UdfParameter("map") Map<K, V> map,
      @UdfParameter("biFunction") BiFunction<K, V, Boolean> condition) {
    if (map == null) {
      return null;
    }
    Map<K, V> kept = new HashMap<>(map);
    kept.entrySet().removeIf(entry -> !isTrue(condition.apply(entry.getKey(), entry.getValue())));
    return kept;
  }

  private static boolean isTrue(Boolean condition) {
    if (condition == null) {
      throw new IllegalArgumentException("The condition of FILTER is NULL");
    }
    return condition;
  }
}
