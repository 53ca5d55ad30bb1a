package dev.flagstream.engine.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of its own service, on the shared test cluster or another, and a client that speaks to
 * it.
 */
public final class TestServer implements AutoCloseable {

  static final String KSQL_V1 = "application/vnd.ksql.v1+json";
  static final String DELIMITED = "application/vnd.ksqlapi.delimited.v1";
  static final String JSON = "application/json";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> settings;
  private SqlServer server;

  private TestServer(Map<String, String> settings) {
    this.settings = settings;
    this.server = SqlServer.start(settings);
  }

  /** Starts a server whose service id no other test uses. */
  public static TestServer start(String serviceId, Path stateDirectory) {
    return start(serviceId, stateDirectory, Map.of());
  }

  /** The same with properties of its own; an empty text takes a setting away. */
  static TestServer start(String serviceId, Path stateDirectory, Map<String, String> properties) {
    return start(TestCluster.bootstrapServers(), serviceId, stateDirectory, properties);
  }

  /** The same on another cluster. */
  public static TestServer start(
      String bootstrapServers,
      String serviceId,
      Path stateDirectory,
      Map<String, String> properties) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("listeners", "http://127.0.0.1:0");
    settings.put("ksql.service.id", serviceId);
    settings.put("ksql.streams.state.dir", stateDirectory.toString());
    settings.put("ksql.streams.commit.interval.ms", "100");
    settings.put("ksql.streams.num.stream.threads", "1");
    settings.put("ksql.streams.auto.offset.reset", "earliest");
    settings.putAll(properties);
    settings.values().removeIf(String::isEmpty);
    return new TestServer(settings);
  }

  void restart() {
    stop();
    startAgain();
  }

  /** Nobody answers until it is started again. */
  public void stop() {
    server.close();
  }

  /** Starts anew what was stopped, over the same state. */
  public void startAgain() {
    server = SqlServer.start(settings);
  }

  public SqlServer server() {
    return server;
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.uri().resolve(path)));
  }

  HttpResponse<String> post(String path, String accept, String body) {
    return send(
        HttpRequest.newBuilder(server.uri().resolve(path))
            .header("Accept", accept)
            .POST(BodyPublishers.ofString(body)));
  }

  /** Carries out statements and gives the answer as it came. */
  HttpResponse<String> execute(String sql) {
    return post("/ksql", KSQL_V1, body("ksql", sql));
  }

  /** Carries out statements that must succeed. */
  public JsonNode run(String sql) {
    HttpResponse<String> answer = execute(sql);
    if (answer.statusCode() != 200) {
      throw new AssertionError(sql + "\n" + answer.body());
    }
    JsonNode entities = parse(answer.body());
    for (JsonNode entity : entities) {
      if (entity.path("commandStatus").path("status").asText("SUCCESS").equals("ERROR")) {
        throw new AssertionError(sql + "\n" + entity);
      }
    }
    return entities;
  }

  /** The lines of a query in the delimited format, the first without its id. */
  List<String> query(String sql) {
    HttpResponse<String> answer = post("/query-stream", DELIMITED, body("sql", sql));
    if (answer.statusCode() != 200) {
      throw new AssertionError(sql + "\n" + answer.body());
    }
    return answer.body().lines().toList();
  }

  /** The rows of a query in the delimited format. */
  public List<String> rows(String sql) {
    List<String> lines = query(sql);
    return lines.subList(1, lines.size());
  }

  /** The first rows of a query that goes on; it is ended once they are there. */
  public List<String> firstRows(String sql, int count) {
    return CompletableFuture.supplyAsync(() -> readRows(sql, count))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private List<String> readRows(String sql, int count) {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve("/query-stream"))
            .header("Accept", DELIMITED)
            .POST(BodyPublishers.ofString(body("sql", sql)))
            .build();
    HttpResponse<Stream<String>> answer = http.sendAsync(request, BodyHandlers.ofLines()).join();
    try (Stream<String> lines = answer.body()) {
      return lines.skip(1).limit(count).toList();
    }
  }

  static String body(String field, String sql) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put(field, sql);
    return body.toString();
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
