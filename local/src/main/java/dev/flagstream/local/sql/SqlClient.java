package dev.flagstream.local.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.flagstream.local.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The calls of ksqlDB's REST API that the stack needs. Safe for use by many threads. */
public final class SqlClient {

  private static final String MEDIA_TYPE = "application/vnd.ksql.v1+json";
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  /** A client of the server at {@code base}, such as {@code http://127.0.0.1:8088}. */
  public SqlClient(String base) {
    this.base = URI.create(base + "/");
  }

  /**
   * Waits until the server is healthy.
   *
   * @throws StackException if it is not within {@code patience}
   */
  public void awaitHealthy(Duration patience) {
    var untilHealthy =
        RetryPolicy.<Boolean>builder()
            .handle(IOException.class, StackException.class)
            .handleResult(false)
            .withDelay(Duration.ofMillis(250))
            .withMaxAttempts(-1)
            .withMaxDuration(patience)
            .build();
    boolean healthy;
    try {
      healthy = Failsafe.with(untilHealthy).get(this::isHealthy);
    } catch (RuntimeException e) {
      throw new StackException(unhealthyAfter(patience), e);
    }
    if (!healthy) {
      throw new StackException(unhealthyAfter(patience));
    }
  }

  private String unhealthyAfter(Duration patience) {
    return "The SQL server at " + base + " was not healthy within " + patience.toSeconds() + " s";
  }

  private boolean isHealthy() throws IOException {
    return call(request("healthcheck").GET()).path("isHealthy").asBoolean();
  }

  /**
   * Version, service id and state, in the server's own words.
   *
   * @throws StackException if it does not answer
   */
  public String info() {
    try {
      var info = call(request("info").GET()).path("KsqlServerInfo");
      return "version %s, %s, %s"
          .formatted(
              info.path("version").asText(),
              info.path("ksqlServiceId").asText(),
              info.path("serverStatus").asText());
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  private StackException noAnswer(IOException cause) {
    return new StackException(
        "The SQL server at " + base + " did not answer: " + cause.getMessage(), cause);
  }

  /**
   * Runs statements, in the order in which they are written.
   *
   * @param sql one or more statements; a SET applies to those after it
   * @return one element for each statement that answers something
   * @throws StackException with the server's own words if it refuses one
   */
  public JsonNode execute(String sql) {
    var body = JSON.valueToTree(Map.of("ksql", sql, "streamsProperties", Map.of())).toString();
    try {
      return withoutErrors(
          call(
              request("ksql")
                  .header("Content-Type", MEDIA_TYPE)
                  .header("Accept", MEDIA_TYPE)
                  .POST(BodyPublishers.ofString(body))));
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  /** A statement can also fail after the server accepted it, which is no HTTP error. */
  private static JsonNode withoutErrors(JsonNode answers) {
    for (var answer : answers) {
      var status = answer.path("commandStatus");
      if ("ERROR".equals(status.path("status").asText())) {
        throw new StackException(status.path("message").asText());
      }
    }
    return answers;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(CALL_TIMEOUT);
  }

  private JsonNode call(HttpRequest.Builder builder) throws IOException {
    var request = builder.build();
    try {
      return answer(request, http.send(request, BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while calling " + request.uri(), e);
    }
  }

  private static JsonNode answer(HttpRequest request, HttpResponse<String> response)
      throws IOException {
    if (response.statusCode() == OK) {
      return JSON.readTree(response.body());
    }
    var problem =
        request.uri() + " answered " + response.statusCode() + ": " + messageOf(response.body());
    if (response.statusCode() >= SERVER_ERROR) {
      throw new IOException(problem);
    }
    throw new StackException(problem);
  }

  private static String messageOf(String body) {
    try {
      return JSON.readTree(body).path("message").asText(body);
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}
