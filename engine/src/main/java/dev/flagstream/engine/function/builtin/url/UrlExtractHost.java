package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URI;

/** {@code URL_EXTRACT_HOST}. */
@UdfDescription(
    name = "url_extract_host",
    category = FunctionCategory.URL,
    description = "The host of a URL. NULL if it has none.")
public class UrlExtractHost {

  @Udf
  public String extract(@UdfParameter("input") String url) {
    return UrlParts.of(url, URI::getHost);
  }
}
