package dev.flagstream.local.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.flagstream.local.StackException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The calls of ksqlDB's REST API that the stack needs. Safe for use by many threads. */
public final class SqlClient {

  private static final String MEDIA_TYPE = "application/vnd.ksql.v1+json";
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  /** What a statement ends in; until then it is queued, parsed or executed. */
  private static final Set<String> ENDS = Set.of("SUCCESS", "ERROR", "TERMINATED");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;
  private final Optional<String> authorization;

  /** A client of the server at {@code base}, such as {@code http://127.0.0.1:8088}. */
  public SqlClient(String base) {
    this(base, Optional.empty());
  }

  /** The same for a server with basic authentication. */
  public SqlClient(String base, String user, String password) {
    this(base, Optional.of(user + ":" + password));
  }

  private SqlClient(String base, Optional<String> credentials) {
    this.base = URI.create(base.endsWith("/") ? base : base + "/");
    this.authorization =
        credentials.map(
            plain ->
                "Basic "
                    + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Waits until the server is healthy.
   *
   * @throws StackException if it is not within {@code patience}, or at once if it refuses the user
   */
  public void awaitHealthy(Duration patience) {
    var untilHealthy =
        RetryPolicy.<Boolean>builder()
            .handle(IOException.class, StackException.class)
            .handleResult(false)
            .abortOn(LoginRefusedException.class)
            .withDelay(Duration.ofMillis(250))
            .withMaxAttempts(-1)
            .withMaxDuration(patience)
            .build();
    boolean healthy;
    try {
      healthy = Failsafe.with(untilHealthy).get(this::isHealthy);
    } catch (LoginRefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StackException(unhealthyAfter(patience) + ": " + reason(e), e);
    }
    if (!healthy) {
      throw new StackException(unhealthyAfter(patience) + ": its health check says no");
    }
  }

  private String unhealthyAfter(Duration patience) {
    return "The SQL server at " + base + " was not healthy within " + patience.toSeconds() + " s";
  }

  private static String reason(RuntimeException problem) {
    var cause = problem.getCause() instanceof IOException away ? away : problem;
    // The JDK's client leaves the message out when nobody listens.
    return cause instanceof ConnectException ? "nothing listens there" : cause.getMessage();
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

  /**
   * The persistent queries and their states, such as RUNNING or ERROR, by id.
   *
   * @throws StackException if the server does not answer
   */
  public SortedMap<String, String> queryStates() {
    var states = new TreeMap<String, String>();
    for (var answer : execute("SHOW QUERIES;")) {
      for (var query : answer.path("queries")) {
        if ("PERSISTENT".equals(query.path("queryType").asText())) {
          states.put(query.path("id").asText(), query.path("state").asText());
        }
      }
    }
    return states;
  }

  private StackException noAnswer(IOException cause) {
    return new StackException(
        "The SQL server at " + base + " did not answer: " + cause.getMessage(), cause);
  }

  /**
   * Runs statements, in the order in which they are written.
   *
   * <p>A server that is slow to carry one out is asked again until that has ended.
   *
   * @param sql one or more statements; a SET applies to those after it
   * @return one element for each statement that answers something
   * @throws RefusedStatementException with the server's own words if it refuses one
   * @throws StackException if it does not answer
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
  private JsonNode withoutErrors(JsonNode answers) throws IOException {
    for (var answer : answers) {
      if (!answer.has("commandStatus")) {
        continue;
      }
      var status = ended(answer);
      if ("ERROR".equals(status.path("status").asText())) {
        throw new RefusedStatementException(
            status.path("message").asText(), answer.path("statementText").asText());
      }
    }
    return answers;
  }

  /** The status a statement ends in, which a busy server does not know yet when it answers. */
  private JsonNode ended(JsonNode answer) throws IOException {
    var status = answer.path("commandStatus");
    if (hasEnded(status)) {
      return status;
    }
    var id =
        Arrays.stream(answer.path("commandId").asText().split("/"))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
            .collect(Collectors.joining("/"));
    var untilEnded =
        RetryPolicy.<JsonNode>builder()
            .handleResultIf(latest -> !hasEnded(latest))
            .withDelay(Duration.ofMillis(250))
            .withMaxAttempts(-1)
            .withMaxDuration(CALL_TIMEOUT)
            .build();
    try {
      status = Failsafe.with(untilEnded).get(() -> call(request("status/" + id).GET()));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof IOException away) {
        throw away;
      }
      throw e;
    }
    if (!hasEnded(status)) {
      throw new RefusedStatementException(
          "the server is still at it after "
              + CALL_TIMEOUT.toSeconds()
              + " s (its state is "
              + status.path("status").asText()
              + ")",
          answer.path("statementText").asText());
    }
    return status;
  }

  private static boolean hasEnded(JsonNode status) {
    return ENDS.contains(status.path("status").asText());
  }

  private HttpRequest.Builder request(String path) {
    var builder = HttpRequest.newBuilder(base.resolve(path)).timeout(CALL_TIMEOUT);
    authorization.ifPresent(value -> builder.header("Authorization", value));
    return builder;
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
    var error = read(response.body());
    var message = error.path("message").asText(response.body());
    if (error.has("statementText")) {
      throw new RefusedStatementException(message, error.path("statementText").asText());
    }
    var problem = request.uri() + " answered " + response.statusCode() + ": " + message;
    if (response.statusCode() >= SERVER_ERROR) {
      throw new IOException(problem);
    }
    if (response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN) {
      throw new LoginRefusedException(problem + " (give --user and --password)");
    }
    throw new StackException(problem);
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** Waiting does not help. */
  private static final class LoginRefusedException extends StackException {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String message) {
      super(message);
    }
  }
}
