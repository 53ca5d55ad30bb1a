package dev.flagstream.engine.server;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Where the server listens.
 *
 * @param port 0 for any free one
 */
record Listener(String host, int port, boolean secure) {

  static final String KEY = "listeners";
  private static final String DEFAULT = "http://127.0.0.1:8088";
  private static final int MAX_PORT = 65_535;

  /**
   * Reads the setting {@code listeners}.
   *
   * @throws ConfigurationException if it is not one http or https address
   */
  static Listener of(Map<String, String> properties) {
    String value = properties.getOrDefault(KEY, DEFAULT).strip();
    if (value.contains(",")) {
      throw refusal(value, "more than one listener is not supported");
    }
    URI uri = parse(value);
    boolean secure = "https".equals(uri.getScheme());
    if (!secure && !"http".equals(uri.getScheme())) {
      throw refusal(value, "only http and https are supported");
    }
    if (uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > MAX_PORT) {
      throw refusal(value, "host and port are needed");
    }
    return new Listener(uri.getHost(), uri.getPort(), secure);
  }

  private static URI parse(String value) {
    try {
      return new URI(value);
    } catch (URISyntaxException e) {
      throw refusal(value, e.getReason());
    }
  }

  private static ConfigurationException refusal(String value, String reason) {
    return new ConfigurationException(
        "%s='%s': %s. Give one address such as %s (port 0: any free one)"
            .formatted(KEY, value, reason, DEFAULT));
  }

  /** The address that clients use, once the port is known. */
  URI uri(int actualPort) {
    String reachable = host.equals("0.0.0.0") || host.equals("[::]") ? "127.0.0.1" : host;
    return URI.create((secure ? "https://" : "http://") + reachable + ":" + actualPort);
  }
}
