package dev.flagstream.local.connect;

import dev.flagstream.engine.server.BrowserRequests;
import dev.flagstream.local.settings.Environment;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * Keeps web pages in a browser on this machine away from the worker's REST API, as {@link
 * BrowserRequests} says: a page could otherwise have it run connectors. Thread-safe.
 */
public final class RequestsOfClients implements ConnectRestExtension {

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(new Filter());
  }

  @Override
  public void configure(Map<String, ?> settings) {
    // There is nothing to choose.
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  @PreMatching
  private static final class Filter implements ContainerRequestFilter {

    private static final int FORBIDDEN = 403;

    private final BrowserRequests browsers = new BrowserRequests(Environment.LOOPBACK);

    @Override
    public void filter(ContainerRequestContext request) {
      browsers
          .refusal(request.getHeaderString("Host"), request.getHeaderString("Origin"))
          .ifPresent(
              reason ->
                  request.abortWith(
                      Response.status(FORBIDDEN)
                          .type("application/json")
                          .entity(Map.of("error_code", FORBIDDEN, "message", reason))
                          .build()));
    }
  }
}
