package dev.flagstream.engine.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The REST API of a Connect worker, which may be down. Thread-safe. */
final class ConnectWorker {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  ConnectWorker(URI url) {
    this.url = url.toString().replaceAll("/+$", "");
  }

  /** What the worker answered; {@code body} is missing where the answer has none. */
  record Answer(int status, JsonNode body) {

    boolean isFine() {
      return status < 300;
    }

    /** What the worker says went wrong. */
    String error() {
      return body.path("message").asText("status " + status);
    }
  }

  /** The worker cannot be reached, or does not answer in time. */
  static final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A path of names, each escaped: {@code /connectors/my%20name/status}. */
  static String path(String... names) {
    StringBuilder path = new StringBuilder();
    for (String name : names) {
      String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      path.append('/').append(escaped);
    }
    return path.toString();
  }

  Answer get(String path) throws InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, Map<String, Object> body) throws InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(MAPPER.valueToTree(body).toString())));
  }

  Answer delete(String path) throws InterruptedException {
    return send(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json");
  }

  private Answer send(HttpRequest.Builder request) throws InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UnreachableException(
          "Connect to %s failed: %s"
              .formatted(url, e.getMessage() == null ? "Connection refused" : e.getMessage()),
          e);
    }
    return new Answer(response.statusCode(), json(response.body()));
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // The status tells enough.
    }
  }
}
