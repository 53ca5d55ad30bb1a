package dev.flagstream.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A SQL server as programs use it: statements are carried out to their end, and what goes wrong is
 * a {@link ServerException} in words for the user. Safe for use by many threads.
 */
public final class SqlClient {

  /** A server may wait five minutes for models that come from a store, or be as busy as that. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(6);

  private static final Duration QUESTION_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** What a statement ends in; until then it is queued, parsed or executed. */
  private static final Set<String> ENDS = Set.of("SUCCESS", "ERROR", "TERMINATED");

  private final SqlApi api;

  /** The same for what takes no time, so that a server that hangs is told from a busy one. */
  private final SqlApi questions;

  /** A client of the server at {@code base}, such as {@code http://127.0.0.1:8088}. */
  public SqlClient(String base) {
    this(base, Optional.empty());
  }

  /**
   * The same for a server that may ask who is there.
   *
   * @param credentials user, colon, password
   */
  public SqlClient(String base, Optional<String> credentials) {
    this.api = new SqlApi(URI.create(base), credentials, STATEMENT_TIMEOUT);
    this.questions = new SqlApi(URI.create(base), credentials, QUESTION_TIMEOUT);
  }

  /**
   * Waits until the server is healthy.
   *
   * @throws ServerException if it is not within {@code patience}, or at once if it refuses the user
   */
  public void awaitHealthy(Duration patience) {
    RetryPolicy<Boolean> untilHealthy =
        RetryPolicy.<Boolean>builder()
            .handle(IOException.class)
            .handleResult(false)
            .abortOn(LoginRefusedException.class)
            .withDelay(PAUSE)
            .withMaxAttempts(-1)
            .withMaxDuration(patience)
            .build();
    boolean healthy;
    try {
      healthy = Failsafe.with(untilHealthy).get(this::isHealthy);
    } catch (FailsafeException e) {
      throw new ServerException(
          unhealthyAfter(patience) + ": " + reason(e.getCause()), e.getCause());
    }
    if (!healthy) {
      throw new ServerException(unhealthyAfter(patience) + ": its health check says no");
    }
  }

  private boolean isHealthy() throws IOException {
    try {
      return api.isHealthy();
    } catch (ErrorAnswerException e) {
      if (isLoginRefused(e)) {
        throw new LoginRefusedException(e);
      }
      throw e;
    }
  }

  private String unhealthyAfter(Duration patience) {
    return "The SQL server at %s was not healthy within %d s"
        .formatted(api.base(), patience.toSeconds());
  }

  private static String reason(Throwable problem) {
    return problem instanceof ErrorAnswerException answer
        ? answer.sentence()
        : problem.getMessage();
  }

  /**
   * Version, service id and state, in the server's own words.
   *
   * @throws ServerException if it does not answer
   */
  public String info() {
    try {
      JsonNode info = api.info();
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
   * The persistent queries and their states, such as RUNNING, PAUSED or ERROR, by id.
   *
   * @throws ServerException if the server does not answer
   */
  public SortedMap<String, String> queryStates() {
    TreeMap<String, String> states = new TreeMap<>();
    for (JsonNode answer : execute(questions, "SHOW QUERIES;")) {
      for (JsonNode query : answer.path("queries")) {
        if ("PERSISTENT".equals(query.path("queryType").asText())) {
          // The state of a paused query is RUNNING; only the count of its parts says more.
          boolean paused = query.path("statusCount").has("PAUSED");
          states.put(query.path("id").asText(), paused ? "PAUSED" : query.path("state").asText());
        }
      }
    }
    return states;
  }

  /**
   * Runs statements, in the order in which they are written.
   *
   * <p>A server that is slow to carry one out is asked again until that has ended.
   *
   * @param sql one or more statements; a SET applies to those after it
   * @return one element for each statement that answers something
   * @throws RefusedStatementException with the server's own words if it refuses one
   * @throws NoAnswerException if it does not answer
   */
  public JsonNode execute(String sql) {
    return execute(api, sql);
  }

  private JsonNode execute(SqlApi by, String sql) {
    try {
      return withoutErrors(by.execute(sql, Map.of(), Map.of()));
    } catch (ErrorAnswerException e) {
      throw serverException(e);
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  /**
   * Starts a SELECT; the caller closes its rows.
   *
   * @param properties of this query, such as {@code auto.offset.reset}
   * @throws RefusedStatementException with the server's own words if it refuses the query
   * @throws NoAnswerException if it does not answer
   */
  public SqlRows query(String sql, Map<String, ?> properties) {
    try {
      return new SqlRows(api.query(sql, properties, Map.of()));
    } catch (ErrorAnswerException e) {
      throw serverException(e);
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  private ServerException serverException(ErrorAnswerException e) {
    if (e.statement() != null) {
      return new RefusedStatementException(e.getMessage(), e.statement());
    }
    if (e.mayPass()) {
      return noAnswer(e);
    }
    return isLoginRefused(e) ? new LoginRefusedException(e) : new ServerException(e.sentence(), e);
  }

  private static boolean isLoginRefused(ErrorAnswerException answer) {
    return answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
  }

  private NoAnswerException noAnswer(IOException cause) {
    return new NoAnswerException(
        "The SQL server at " + api.base() + " did not answer: " + reason(cause), cause);
  }

  /** A statement can also fail after the server accepted it, which is no HTTP error. */
  private JsonNode withoutErrors(JsonNode answers) throws IOException {
    for (JsonNode answer : answers) {
      if (!answer.has("commandStatus")) {
        continue;
      }
      JsonNode status = ended(answer);
      if ("ERROR".equals(status.path("status").asText())) {
        throw new RefusedStatementException(
            status.path("message").asText(), answer.path("statementText").asText());
      }
    }
    return answers;
  }

  /** The status a statement ends in, which a busy server does not know yet when it answers. */
  private JsonNode ended(JsonNode answer) throws IOException {
    JsonNode status = answer.path("commandStatus");
    if (hasEnded(status)) {
      return status;
    }
    String id = answer.path("commandId").asText();
    RetryPolicy<JsonNode> untilEnded =
        RetryPolicy.<JsonNode>builder()
            .handleResultIf(latest -> !hasEnded(latest))
            .withDelay(PAUSE)
            .withMaxAttempts(-1)
            .withMaxDuration(STATEMENT_TIMEOUT)
            .build();
    try {
      status = Failsafe.with(untilEnded).get(() -> api.status(id));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof IOException away) {
        throw away;
      }
      throw e;
    }
    if (!hasEnded(status)) {
      throw new RefusedStatementException(
          "the server is still at it after "
              + STATEMENT_TIMEOUT.toSeconds()
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

  /** Waiting does not help. */
  private static final class LoginRefusedException extends ServerException {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(ErrorAnswerException answer) {
      super(answer.sentence() + " (give --user and --password)", answer);
    }
  }
}
