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
        "The value at a path such as $.log.items[0] of a JSON string, as a string: null in JSON is the"
            + " string null. NULL if there is none.")
public class ExtractJsonField {

  private final SmallCache<JsonPath> paths = new SmallCache<>(JsonPath::parse);

  @Udf
  public String extract(@UdfParameter("input") String json, @UdfParameter("path") String path) {
    if (json == null || path == null) {
      return null;
    }
    JsonPath steps = paths.get(path);
    JsonNode found = steps.find(ExactJson.read(json));
    // An empty text is no JSON, and all of it is nothing, as in ksqlDB.
    return found.isMissingNode() && !steps.steps().isEmpty() ? null : ExactJson.asString(found);
  }
}
