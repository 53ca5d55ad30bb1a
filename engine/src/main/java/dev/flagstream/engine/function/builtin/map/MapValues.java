package dev.flagstream.engine.function.builtin.map;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code MAP_VALUES}. */
@UdfDescription(
    name = "map_values",
    category = FunctionCategory.MAP,
    description = "The values of a map as an array.")
public class MapValues {

  @Udf
  public <T> List<T> mapValues(@UdfParameter("input") Map<String, T> map) {
    return map == null ? null : new ArrayList<>(map.values());
  }
}
