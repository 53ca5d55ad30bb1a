package dev.flagstream.engine.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells requests that a web page makes somebody's browser send from those of clients. Pages of
 * other origins have no business with a server that listens on this machine.
 *
 * <p>Two ways are closed. A page may post to another origin although it cannot read the answer; its
 * browser then names the page's origin. And a page may have its own name resolved to this machine
 * (DNS rebinding), which makes it one of the same origin; but then the server is asked by that
 * name. Clients that are no browsers send no origin, and call the server by the name it has.
 * Thread-safe.
 */
public final class BrowserRequests {

  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");

  private final boolean onLoopback;

  /**
   * For a server that listens here.
   *
   * @param host name or address; one that is not of the loopback interface may have many names, so
   *     that only origins are looked at
   */
  public BrowserRequests(String host) {
    this.onLoopback = isLoopback(host);
  }

  /**
   * Why a request is refused.
   *
   * @param authority host and port that it was sent to, as its header Host says; null if it does
   *     not say
   * @param origin its header Origin; null if it has none
   * @return empty if it is not refused
   */
  public Optional<String> refusal(String authority, String origin) {
    if (onLoopback && authority != null && !isLoopback(hostOf(authority))) {
      return Optional.of(
          "This server listens on the loopback interface and is not %s. Ask 127.0.0.1 or localhost"
              .formatted(hostOf(authority)));
    }
    if (origin != null && !isSame(origin, authority)) {
      return Optional.of(
          "Pages of another origin (%s) may not ask this server. Have their own server ask it"
              .formatted(origin));
    }
    return Optional.empty();
  }

  private static boolean isSame(String origin, String authority) {
    try {
      String asking = new URI(origin).getRawAuthority();
      return asking != null && asking.equalsIgnoreCase(authority);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Without the port; an address of IPv6 keeps its brackets. */
  private static String hostOf(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK_V4.matcher(host).matches() || LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
