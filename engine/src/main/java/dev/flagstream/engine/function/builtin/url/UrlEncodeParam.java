package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** {@code URL_ENCODE_PARAM}. */
@UdfDescription(
    name = "url_encode_param",
    category = FunctionCategory.URL,
    description = "A string encoded as a value in the query of a URL.")
public class UrlEncodeParam {

  @Udf
  public String encode(@UdfParameter("input") String text) {
    return text == null ? null : URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
