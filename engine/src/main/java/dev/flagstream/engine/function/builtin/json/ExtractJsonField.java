package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code EXTRACTJSONFIELD}. */
@UdfDescription(
    name = "extractjsonfield",
    category = FunctionCategory.JSON,
    description =
        "The value at a path such as $.log.items[0] of a JSON string, as a string; NULL if there is"
            + " none.")
public class ExtractJsonField {

  private final SmallCache<JsonPath> paths = new SmallCache<>(JsonPath::parse);

  @Udf
  public String extract(@UdfParameter("input") String json, @UdfParameter("path") String path) {
    if (json == null || path == null) {
      return null;
    }
    JsonNode found = paths.get(path).find(ExactJson.read(json));
    return found.isMissingNode() || found.isNull() ? null : ExactJson.asString(found);
  }
}
