package dev.flagstream.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The few calls of Kafka Connect's REST API that the pipeline needs. Safe for use by many threads.
 */
public final class ConnectClient {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final RestApi api;

  /** A client of the worker at {@code base}, such as {@code http://127.0.0.1:8083}. */
  public ConnectClient(String base) {
    this.api = new RestApi(URI.create(base), Optional.empty());
  }

  /**
   * Waits until the worker answers.
   *
   * @throws ServerException if it does not within {@code patience}
   */
  public void awaitReady(Duration patience) {
    try {
      Failsafe.with(retryFor(patience)).run(this::askWhetherItIsReady);
    } catch (RuntimeException e) {
      throw new ServerException(
          "Kafka Connect at "
              + api.base()
              + " did not answer within "
              + patience.toSeconds()
              + " s",
          e);
    }
  }

  /** A worker whose server listens before its resources are there answers 404 to everything. */
  private void askWhetherItIsReady() throws IOException {
    try {
      api.json(request("connectors").GET());
    } catch (ErrorAnswerException e) {
      if (e.mayPass() || e.status() == NOT_FOUND) {
        throw new IOException(e.sentence(), e);
      }
      throw new ServerException(e.sentence(), e);
    }
  }

  /**
   * Creates or changes a connector. A worker that is still joining its group is asked again.
   *
   * @param config the connector's configuration as a JSON object
   * @throws ServerException with the worker's own words if it refuses the configuration
   */
  public void put(String connector, String config) {
    Failsafe.with(retryFor(Duration.ofMinutes(1)))
        .run(
            () ->
                send(
                    request("connectors/" + connector + "/config")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(config, StandardCharsets.UTF_8))));
  }

  /** Removes a connector, but not how far it has read; no change if there is none of the name. */
  public void remove(String connector) {
    Failsafe.with(retryFor(Duration.ofMinutes(1)))
        .run(
            () -> {
              if (connectors().contains(connector)) {
                send(request("connectors/" + connector).DELETE());
              }
            });
  }

  /** The names of the registered connectors. */
  public Set<String> connectors() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    send(request("connectors").GET()).forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Whether the connector and all its tasks, of which there is at least one, are running. */
  public boolean isRunning(String connector) throws IOException {
    JsonNode status = send(request("connectors/" + connector + "/status").GET());
    return isRunning(status.path("connector"))
        && !status.path("tasks").isEmpty()
        && tasks(status).allMatch(ConnectClient::isRunning);
  }

  /** The names of the connectors that have failed themselves or have a failed task. */
  public Set<String> failedConnectors() throws IOException {
    TreeSet<String> failed = new TreeSet<>();
    JsonNode all = send(request("connectors?expand=status").GET());
    all.properties()
        .forEach(
            entry -> {
              JsonNode status = entry.getValue().path("status");
              if (hasFailed(status.path("connector"))
                  || tasks(status).anyMatch(ConnectClient::hasFailed)) {
                failed.add(entry.getKey());
              }
            });
    return failed;
  }

  /**
   * Why connectors or tasks of theirs have failed: the connector's name and the first line of what
   * the worker says; empty if none has.
   */
  public SortedMap<String, String> failures() throws IOException {
    TreeMap<String, String> failures = new TreeMap<>();
    JsonNode all = send(request("connectors?expand=status").GET());
    all.properties()
        .forEach(
            entry -> {
              JsonNode status = entry.getValue().path("status");
              Stream.concat(Stream.of(status.path("connector")), tasks(status))
                  .filter(ConnectClient::hasFailed)
                  .forEach(
                      part -> failures.put(entry.getKey(), cause(part.path("trace").asText())));
            });
    return failures;
  }

  /** How each registered connector is, by its name. */
  public SortedMap<String, ConnectorState> states() throws IOException {
    TreeMap<String, ConnectorState> states = new TreeMap<>();
    send(request("connectors?expand=status&expand=info").GET())
        .properties()
        .forEach(entry -> states.put(entry.getKey(), state(entry.getValue())));
    return states;
  }

  private static ConnectorState state(JsonNode connector) {
    JsonNode status = connector.path("status");
    String topics = connector.path("info").path("config").path("topics").asText();
    return new ConnectorState(
        status.path("connector").path("state").asText(),
        tasks(status).map(task -> task.path("state").asText()).toList(),
        topics.isBlank() ? Set.of() : Set.of(topics.strip().split("\\s*,\\s*")),
        Stream.concat(Stream.of(status.path("connector")), tasks(status))
            .filter(ConnectClient::hasFailed)
            .map(part -> cause(part.path("trace").asText()))
            .findFirst());
  }

  /** The last cause of a stack trace says what happened, the first only who noticed. */
  private static String cause(String trace) {
    List<String> lines = trace.lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((first, second) -> second)
        .map(line -> line.substring("Caused by: ".length()))
        .orElse(lines.isEmpty() ? "no reason given" : lines.get(0));
  }

  /** Starts again what has failed of a connector, and leaves alone what runs. */
  public void restartFailed(String connector) throws IOException {
    send(
        request("connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true")
            .POST(BodyPublishers.noBody()));
  }

  private static Stream<JsonNode> tasks(JsonNode status) {
    return StreamSupport.stream(status.path("tasks").spliterator(), false);
  }

  private static boolean isRunning(JsonNode part) {
    return "RUNNING".equals(part.path("state").asText());
  }

  private static boolean hasFailed(JsonNode part) {
    return "FAILED".equals(part.path("state").asText());
  }

  /** Retries what may pass by itself: no connection yet, a rebalance (409), a hiccup (5xx). */
  private static RetryPolicy<Object> retryFor(Duration patience) {
    return RetryPolicy.builder()
        .handle(IOException.class)
        .withDelay(Duration.ofMillis(250))
        .withMaxAttempts(-1)
        .withMaxDuration(patience)
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return api.request(path).timeout(CALL_TIMEOUT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      return api.json(request);
    } catch (ErrorAnswerException e) {
      if (e.mayPass() || e.status() == CONFLICT) {
        throw new IOException(e.sentence(), e);
      }
      throw new ServerException(e.sentence(), e);
    }
  }
}
