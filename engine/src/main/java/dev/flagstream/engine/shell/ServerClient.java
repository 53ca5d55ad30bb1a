package dev.flagstream.engine.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.client.ErrorAnswerException;
import dev.flagstream.client.SqlApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** The server that the shell speaks to, this engine or a ksqlDB server; another may follow it. */
final class ServerClient {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(2);
  private static final int MAX_PORT = 65_535;
  private static final int UNAVAILABLE = 503;
  private static final String STILL_WAITING =
      "Timed out while waiting for a previous command to execute";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<String> credentials;
  private volatile URI server;
  private volatile SqlApi api;

  ServerClient(URI server) {
    this(server, Optional.empty());
  }

  /**
   * Speaks to a server that asks who is there.
   *
   * @param credentials user, colon, password
   */
  ServerClient(URI server, Optional<String> credentials) {
    this.credentials = credentials;
    use(server);
  }

  private void use(URI address) {
    server = address;
    api = new SqlApi(address, credentials, STATEMENT_TIMEOUT);
  }

  /**
   * From now on speaks to another server.
   *
   * @throws SqlError if that is no address, or nothing answers there; nothing has changed then
   */
  void connectTo(String address) throws SqlError {
    URI former = server;
    try {
      URI other = new URI(address);
      if (!isAddress(other)) {
        throw new SqlError("SERVER '%s': give it as http://host:port".formatted(address));
      }
      use(other);
      JsonNode unused = info();
    } catch (URISyntaxException e) {
      throw new SqlError("SERVER '%s': give it as http://host:port".formatted(address), e);
    } catch (SqlError e) {
      use(former);
      throw e;
    }
  }

  /** Whether a server may be there: it has a host, and a port that exists. */
  static boolean isAddress(URI address) {
    return ("http".equalsIgnoreCase(address.getScheme())
            || "https".equalsIgnoreCase(address.getScheme()))
        && address.getHost() != null
        && address.getPort() <= MAX_PORT;
  }

  URI server() {
    return server;
  }

  /** What the server tells about itself. */
  JsonNode info() throws SqlError {
    return answered(() -> api.info());
  }

  /** Carries out a statement that is no query; the answer is an array of entities. */
  JsonNode execute(String sql, ShellSession session) throws SqlError {
    return inTurn(
        () -> api.execute(sql, session.properties(), session.variables(), session.awaited()));
  }

  /** Starts a SELECT or PRINT; the answer comes line by line. */
  InputStream query(String sql, ShellSession session) throws SqlError {
    return inTurn(
        () -> api.query(sql, session.properties(), session.variables(), session.awaited()));
  }

  /** The server waits for the session's former command for seconds, which may be too few. */
  private <T> T inTurn(Call<T> call) throws SqlError {
    long deadline = System.nanoTime() + STATEMENT_TIMEOUT.toNanos();
    return answered(
        () -> {
          while (true) {
            try {
              return call.make();
            } catch (ErrorAnswerException e) {
              if (e.status() != UNAVAILABLE
                  || !e.getMessage().startsWith(STILL_WAITING)
                  || System.nanoTime() > deadline) {
                throw e;
              }
            }
          }
        });
  }

  private interface Call<T> {
    T make() throws IOException;
  }

  private <T> T answered(Call<T> call) throws SqlError {
    try {
      return call.make();
    } catch (ErrorAnswerException e) {
      throw new SqlError(
          e.getMessage().isEmpty() ? "The server answered " + e.status() : e.getMessage(), e);
    } catch (IOException e) {
      throw new SqlError(
          "No answer from %s (%s). Is the server running? make demo, make stack or make up starts one."
              .formatted(
                  server, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
  }

  /** Reads one line of a query's answer. */
  static JsonNode parse(String json) throws SqlError {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new SqlError("The server sent what is no JSON: " + json, e);
    }
  }
}
