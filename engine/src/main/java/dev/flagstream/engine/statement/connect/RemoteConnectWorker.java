package dev.flagstream.engine.statement.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flagstream.client.ErrorAnswerException;
import dev.flagstream.client.RestApi;
import dev.flagstream.engine.statement.config.ConnectCredentials;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The REST API of a Connect worker, which may be down. Thread-safe. */
public final class RemoteConnectWorker {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String url;
  private final URI uri;
  private final ConnectCredentials credentials;

  /** The worker at {@code url}, which is told these credentials if there are any. */
  public RemoteConnectWorker(URI url, ConnectCredentials credentials) {
    this.url = url.toString().replaceAll("/+$", "");
    this.uri = url;
    this.credentials = credentials;
  }

  private RestApi api() {
    return new RestApi(uri, credentials.now());
  }

  /**
   * What the worker answered.
   *
   * @param body missing where the answer has none, and of a refusal
   * @param error what the worker says went wrong; empty if nothing did
   */
  record Answer(int status, JsonNode body, String error) {

    boolean isFine() {
      return status == OK;
    }
  }

  /** The worker cannot be reached, or does not answer in time. */
  static final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A path of names, each escaped: {@code connectors/my%20name/status}. */
  static String path(String... names) {
    return Arrays.stream(names)
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  Answer get(String path) {
    RestApi api = api();
    return send(api, api.request(path));
  }

  Answer post(String path, Map<String, Object> body) {
    RestApi api = api();
    return send(
        api,
        api.request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(MAPPER.valueToTree(body).toString())));
  }

  Answer delete(String path) {
    RestApi api = api();
    return send(api, api.request(path).DELETE());
  }

  private Answer send(RestApi api, HttpRequest.Builder request) {
    try {
      return new Answer(OK, api.json(request.timeout(TIMEOUT)), "");
    } catch (ErrorAnswerException e) {
      String error = e.getMessage().isBlank() ? "status " + e.status() : e.getMessage();
      return new Answer(e.status(), MissingNode.getInstance(), error);
    } catch (IOException e) {
      String reason = e instanceof ConnectException ? "Connection refused" : e.getMessage();
      throw new UnreachableException("Connect to %s failed: %s".formatted(url, reason), e);
    }
  }
}
