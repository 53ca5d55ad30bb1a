package dev.flagstream.engine.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Speaks ksqlDB's REST API: with this engine, or with a ksqlDB server. */
final class ServerClient {

  private static final String KSQL_V1 = "application/vnd.ksql.v1+json";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Optional<String> authorization;
  private volatile URI server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  ServerClient(URI server) {
    this(server, Optional.empty());
  }

  /**
   * Speaks to a server that asks who is there.
   *
   * @param credentials user, colon, password
   */
  ServerClient(URI server, Optional<String> credentials) {
    this.server = server;
    this.authorization =
        credentials.map(
            text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
  }

  /**
   * From now on speaks to another server.
   *
   * @throws SqlError if that is no address, or nothing answers there; nothing has changed then
   */
  void connectTo(String address) throws SqlError {
    URI former = server;
    try {
      server = new URI(address);
      if (server.getHost() == null) {
        throw new SqlError("SERVER '%s': give it as http://host:port".formatted(address));
      }
      info();
    } catch (URISyntaxException e) {
      throw new SqlError("SERVER '%s': give it as http://host:port".formatted(address), e);
    } catch (SqlError e) {
      server = former;
      throw e;
    }
  }

  URI server() {
    return server;
  }

  /** What the server tells about itself. */
  JsonNode info() throws SqlError {
    var answer = send(HttpRequest.newBuilder(server.resolve("/info")).timeout(CONNECT_TIMEOUT));
    return bodyOf(answer).path("KsqlServerInfo");
  }

  /** Carries out a statement that is no query; the answer is an array of entities. */
  JsonNode execute(String sql, ShellSession session) throws SqlError {
    return bodyOf(send(post("/ksql", sql, session).timeout(STATEMENT_TIMEOUT)));
  }

  /** Starts a SELECT or PRINT; the answer comes line by line. */
  InputStream query(String sql, ShellSession session) throws SqlError {
    HttpResponse<InputStream> answer = send(post("/query", sql, session));
    if (answer.statusCode() != 200) {
      throw errorOf(answer);
    }
    return answer.body();
  }

  private HttpRequest.Builder post(String path, String sql, ShellSession session) throws SqlError {
    var body = new LinkedHashMap<String, Object>();
    body.put("ksql", sql);
    body.put("streamsProperties", session.properties());
    body.put("sessionVariables", session.variables());
    try {
      return HttpRequest.newBuilder(server.resolve(path))
          .header("Content-Type", KSQL_V1)
          .header("Accept", KSQL_V1)
          .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    } catch (IOException e) {
      throw new SqlError("The statement cannot be sent: " + e.getMessage(), e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws SqlError {
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new SqlError(
          "No answer from %s (%s). Is the server running?"
              .formatted(
                  server, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlError("Interrupted", e);
    }
  }

  private JsonNode bodyOf(HttpResponse<InputStream> answer) throws SqlError {
    if (answer.statusCode() != 200) {
      throw errorOf(answer);
    }
    return read(answer);
  }

  private static SqlError errorOf(HttpResponse<InputStream> answer) throws SqlError {
    JsonNode error = read(answer);
    String message = error.path("message").asText("");
    return new SqlError(message.isEmpty() ? "The server answered " + answer.statusCode() : message);
  }

  private static JsonNode read(HttpResponse<InputStream> answer) throws SqlError {
    try (InputStream body = answer.body()) {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new SqlError(
          "The server answered %d with what is no JSON".formatted(answer.statusCode()), e);
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

  /** The JSON as people read it. */
  static String pretty(JsonNode json) {
    return json.toPrettyString();
  }
}
