package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code SPLIT_TO_MAP}. */
@UdfDescription(
    name = "split_to_map",
    category = FunctionCategory.STRING,
    description =
        "The entries of a string such as a:1/b:2 as a map; entries without a value are left out,"
            + " the last of equal keys counts. NULL if a delimiter is empty or both are the same.")
public class SplitToMap {

  @Udf
  public Map<String, String> splitToMap(
      @UdfParameter("input") String input,
      @UdfParameter("entryDelimiter") String entryDelimiter,
      @UdfParameter("kvDelimiter") String kvDelimiter) {
    if (input == null
        || isMissing(entryDelimiter)
        || isMissing(kvDelimiter)
        || entryDelimiter.equals(kvDelimiter)) {
      return null;
    }
    Map<String, String> map = new HashMap<>();
    for (String entry : Split.parts("SPLIT_TO_MAP", input, entryDelimiter)) {
      List<String> parts = Split.parts("SPLIT_TO_MAP", entry, kvDelimiter);
      if (parts.size() > 1) {
        map.put(parts.get(0), parts.get(1));
      }
    }
    return map;
  }

  private static boolean isMissing(String delimiter) {
    return delimiter == null || delimiter.isEmpty();
  }
}
