package dev.flagstream.engine.server;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Finds the content type of an answer that a client accepts. */
final class ContentNegotiation {

  private ContentNegotiation() {}

  /**
   * The supported type the client likes best.
   *
   * @param supported in order of the server's preference; the first is the default
   * @return empty if the client accepts none of them
   */
  static Optional<String> choose(RoutingContext request, List<String> supported) {
    List<MIMEHeader> accepted = request.parsedHeaders().accept();
    if (accepted.isEmpty()) {
      return Optional.of(supported.get(0));
    }
    return accepted.stream()
        .flatMap(header -> supported.stream().filter(type -> matches(header, type)).limit(1))
        .findFirst();
  }

  private static boolean matches(MIMEHeader accepted, String type) {
    int slash = type.indexOf('/');
    return matches(accepted.component(), type.substring(0, slash))
        && matches(accepted.subComponent(), type.substring(slash + 1));
  }

  private static boolean matches(String accepted, String offered) {
    return "*".equals(accepted) || offered.equalsIgnoreCase(accepted);
  }
}
