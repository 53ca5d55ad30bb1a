package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URI;

/** {@code URL_EXTRACT_PROTOCOL}. */
@UdfDescription(
    name = "url_extract_protocol",
    category = FunctionCategory.URL,
    description = "The protocol (scheme) of a URL. NULL if it has none.")
public class UrlExtractProtocol {

  @Udf
  public String extract(@UdfParameter("input") String url) {
    return UrlParts.of(url, URI::getScheme);
  }
}
