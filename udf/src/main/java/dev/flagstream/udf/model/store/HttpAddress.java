package dev.flagstream.udf.model.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;

/** A folder that a web server serves. */
public final class HttpAddress implements StoreAddress {

  private final String base;

  private HttpAddress(String base) {
    this.base = base;
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static HttpAddress of(String value) {
    URI uri;
    try {
      uri = new URI(value);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no address (" + e.getReason() + ")", e);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("is no address: it has no host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "has a user, a '?' or a '#' in it: only https://host/path is understood");
    }
    return new HttpAddress(value.endsWith("/") ? value : value + "/");
  }

  @Override
  public Answer open(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    connection.setUseCaches(false);
    int status = connection.getResponseCode();
    return new Answer(
        status,
        status == HttpURLConnection.HTTP_OK
            ? connection.getInputStream()
            : InputStream.nullInputStream());
  }

  @Override
  public String shown(String path) {
    return base + path;
  }

  @Override
  public String adviceIfForbidden() {
    return "it must let this server read without a login";
  }
}
