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

/** {@code TRANSFORM}. */
@UdfDescription(
    name = "transform",
    category = FunctionCategory.LAMBDA,
    description =
        "The array or map with its elements, or its keys and values, replaced by what lambdas make"
            + " of them.")
public class Transform {

  @Udf(description = "Replaces the elements of an array.")
  public <T, R> List<R> transform(
      @UdfParameter("array") List<T> array, @UdfParameter("function") Function<T, R> element) {
    if (array == null) {
      return null;
    }
    List<R> transformed = new ArrayList<>(array.size());
    array.forEach(value -> transformed.add(element.apply(value)));
    return transformed;
  }

  @Udf(description = "Replaces the keys and the values of a map.")
  public <K, V, R, T> Map<R, T> transform(
      @UdfParameter("map") Map<K, V> map,
      @UdfParameter("biFunction1") BiFunction<K, V, R> key,
      @UdfParameter("biFunction2") BiFunction<K, V, T> value) {
    if (map == null) {
      return null;
    }
    Map<R, T> transformed = new HashMap<>();
    map.forEach((k, v) -> putNew(transformed, key.apply(k, v), value.apply(k, v)));
    return transformed;
  }

  private static <R, T> void putNew(Map<R, T> map, R key, T value) {
    if (map.containsKey(key)) {
      throw new IllegalArgumentException("TRANSFORM gives two entries the same key");
    }
    map.put(key, value);
  }
}
