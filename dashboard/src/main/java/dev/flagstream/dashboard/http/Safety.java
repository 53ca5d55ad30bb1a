package dev.flagstream.dashboard.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * What keeps other pages of the same browser out. The page runs only scripts of this server, shows
 * itself in no frame, and answers only to the names of this machine, so that no other name that is
 * made to lead here (DNS rebinding) reads anything. A page of another origin, which its browser
 * names, is answered nothing.
 */
public final class Safety {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Set<String> OUR_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
  private static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;

  private Safety() {}

  /** Goes before every other handler. */
  public static void check(RoutingContext request) {
    request
        .response()
        .putHeader("content-security-policy", POLICY)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader("cross-origin-opener-policy", "same-origin");
    HostAndPort asked = request.request().authority();
    if (asked == null || !OUR_NAMES.contains(asked.host())) {
      HttpAnswers.error(
          request.response(),
          MISDIRECTED,
          "This dashboard answers to 127.0.0.1 and localhost only.");
      return;
    }
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !isOurs(origin, asked)) {
      HttpAnswers.error(
          request.response(),
          FORBIDDEN,
          "Pages of another origin (%s) may not ask this dashboard.".formatted(origin));
      return;
    }
    request.next();
  }

  private static boolean isOurs(String origin, HostAndPort asked) {
    try {
      return asked.toString().equalsIgnoreCase(new URI(origin).getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
