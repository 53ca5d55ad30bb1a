package dev.flagstream.engine.server;

import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Map;
import java.util.Optional;

/** Lets those requests through that may be answered, whatever they ask. Thread-safe. */
final class Access {

  private final BrowserRequests browsers;
  private final Optional<BasicAuthentication> authentication;

  private Access(BrowserRequests browsers, Optional<BasicAuthentication> authentication) {
    this.browsers = browsers;
    this.authentication = authentication;
  }

  /**
   * As the properties say.
   *
   * @throws ConfigurationException naming the one that is missing or wrong
   */
  static Access of(Listener listener, Map<String, String> properties) {
    return new Access(new BrowserRequests(listener.host()), BasicAuthentication.of(properties));
  }

  /**
   * Whether a request that was handed on may change something.
   *
   * @return false if its user may only read
   */
  boolean mayWrite(HttpServerRequest request) {
    return verdict(request) == BasicAuthentication.Verdict.ADMITTED;
  }

  private BasicAuthentication.Verdict verdict(HttpServerRequest request) {
    return authentication
        .map(who -> who.verdict(request.path(), request.getHeader(HttpHeaders.AUTHORIZATION)))
        .orElse(BasicAuthentication.Verdict.ADMITTED);
  }

  /** Hands a request on, or answers why not. */
  void check(HttpServerRequest request, Handler<HttpServerRequest> next) {
    HostAndPort authority = request.authority();
    Optional<String> refusal =
        browsers.refusal(
            authority == null ? null : authority.toString(), request.getHeader(HttpHeaders.ORIGIN));
    if (refusal.isPresent()) {
      Answers.error(request.response(), RequestException.generic(Code.FORBIDDEN, refusal.get()));
      return;
    }
    switch (verdict(request)) {
      case ADMITTED, READS_ONLY -> next.handle(request);
      case UNKNOWN -> {
        request.response().putHeader("WWW-Authenticate", authentication.orElseThrow().challenge());
        Answers.error(
            request.response(), RequestException.generic(Code.UNAUTHORIZED, "Unauthorized"));
      }
      case FORBIDDEN ->
          Answers.error(request.response(), RequestException.generic(Code.FORBIDDEN, "Forbidden"));
    }
  }
}
