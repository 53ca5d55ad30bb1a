package dev.flagstream.engine.function.builtin.map;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code AS_MAP}. */
@UdfDescription(
    name = "AS_MAP",
    category = FunctionCategory.MAP,
    description =
        "A map of a list of keys and a list of values, paired by position; a key without a value"
            + " has NULL.")
public class AsMap {

  @Udf
  public <T> Map<String, T> asMap(
      @UdfParameter("keys") List<String> keys, @UdfParameter("values") List<T> values) {
    if (keys == null || values == null) {
      return null;
    }
    Map<String, T> map = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), i < values.size() ? values.get(i) : null);
    }
    return map;
  }
}
