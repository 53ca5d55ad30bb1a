package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URI;

/** {@code URL_EXTRACT_QUERY}. */
@UdfDescription(
    name = "url_extract_query",
    category = FunctionCategory.URL,
    description = "The part of a URL after ? and before #. NULL if it has none.")
public class UrlExtractQuery {

  @Udf
  public String extract(@UdfParameter("input") String url) {
    return UrlParts.of(url, URI::getQuery);
  }
}
