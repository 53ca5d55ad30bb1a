package dev.flagstream.engine.function.builtin.url;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.net.URI;

/** {@code URL_EXTRACT_PARAMETER}. */
@UdfDescription(
    name = "url_extract_parameter",
    category = FunctionCategory.URL,
    description =
        "The value of a parameter in the query of a URL, decoded; empty without a value, NULL"
            + " if there is no such parameter.")
public class UrlExtractParameter {

  @Udf
  public String extract(
      @UdfParameter("input") String url, @UdfParameter("paramToFind") String name) {
    String query = UrlParts.of(url, URI::getQuery);
    if (query == null || name == null) {
      return null;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String found = equals < 0 ? parameter : parameter.substring(0, equals);
      if (found.equals(name)) {
        return equals < 0 ? "" : parameter.substring(equals + 1);
      }
    }
    return null;
  }
}
