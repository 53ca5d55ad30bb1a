package dev.flagstream.engine.function.builtin.json;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code IS_JSON_STRING}. */
@UdfDescription(
    name = "IS_JSON_STRING",
    category = FunctionCategory.JSON,
    description = "Whether a string is JSON; false of NULL.")
public class IsJsonString {

  @Udf
  public Boolean isJsonString(@UdfParameter("input") String json) {
    if (json == null) {
      return false;
    }
    try {
      return !ExactJson.read(json).isMissingNode();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
