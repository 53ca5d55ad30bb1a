package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code URL_EXTRACT_PORT}. */
@UdfDescription(
    name = "url_extract_port",
    category = FunctionCategory.URL,
    description = "The port of a URL. NULL if it has none.")
public class UrlExtractPort {

  @Udf
  public Integer extract(@UdfParameter("input") String url) {
    return UrlParts.of(url, uri -> uri.getPort() < 0 ? null : uri.getPort());
  }
}
