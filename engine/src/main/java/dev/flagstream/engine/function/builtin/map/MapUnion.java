package dev.flagstream.engine.function.builtin.map;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code MAP_UNION}. */
@UdfDescription(
    name = "map_union",
    category = FunctionCategory.MAP,
    description =
        "The entries of both maps; of equal keys the second map counts. NULL if both are NULL.")
public class MapUnion {

  @Udf
  public <T> Map<String, T> mapUnion(
      @UdfParameter("map1") Map<String, T> left, @UdfParameter("map2") Map<String, T> right) {
    if (left == null && right == null) {
      return null;
    }
    Map<String, T> union = new HashMap<>();
    Stream.of(left, right).filter(Objects::nonNull).forEach(union::putAll);
    return union;
  }
}
