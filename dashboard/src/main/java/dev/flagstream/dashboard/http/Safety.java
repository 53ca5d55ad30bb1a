package dev.flagstream.dashboard.http;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * What keeps other pages of the same browser out. The page runs only scripts of this server, shows
 * itself in no frame, and answers only to the names of this machine, so that no other name that is
 * made to lead here (DNS rebinding) reads anything.
 */
public final class Safety {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Set<String> OUR_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
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
    request.next();
  }
}
