package dev.flagstream.engine.function.builtin.url;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;

/** Takes URLs apart as RFC 3986 describes. */
final class UrlParts {

  private UrlParts() {}

  /**
   * A part of a URL; null if it has none.
   *
   * @throws IllegalArgumentException if it is no URL; the message does not show it
   */
  static <T> T of(String url, Function<URI, T> part) {
    if (url == null) {
      return null;
    }
    try {
      return part.apply(new URI(url));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a URL: " + e.getReason() + " at " + e.getIndex());
    }
  }
}
