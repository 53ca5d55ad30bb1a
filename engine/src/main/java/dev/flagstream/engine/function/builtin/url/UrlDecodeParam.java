package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** {@code URL_DECODE_PARAM}. */
@UdfDescription(
    name = "url_decode_param",
    category = FunctionCategory.URL,
    description = "What an encoded value in the query of a URL stands for.")
public class UrlDecodeParam {

  @Udf
  public String decode(@UdfParameter("input") String text) {
    return text == null ? null : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
