package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URI;

/** {@code URL_EXTRACT_FRAGMENT}. */
@UdfDescription(
    name = "url_extract_fragment",
    category = FunctionCategory.URL,
    description = "The part of a URL after #. NULL if it has none.")
public class UrlExtractFragment {

  @Udf
  public String extract(@UdfParameter("input") String url) {
    return UrlParts.of(url, URI::getFragment);
  }
}
