package dev.flagstream.engine.function.builtin.map;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code MAP_KEYS}. */
@UdfDescription(
    name = "map_keys",
    category = FunctionCategory.MAP,
    description = "The keys of a map as an array.")
public class MapKeys {

  @Udf
  public <T> List<String> mapKeys(@UdfParameter("input") Map<String, T> map) {
    return map == null ? null : new ArrayList<>(map.keySet());
  }
}
