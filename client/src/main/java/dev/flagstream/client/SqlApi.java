package dev.flagstream.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * ksqlDB's REST API, call by call: of this project's engine, or of a ksqlDB server. Safe for use by
 * many threads. Each call throws {@link ErrorAnswerException} where the server says no, and another
 * {@link IOException} where it does not answer.
 */
public final class SqlApi {

  private static final String MEDIA_TYPE = "application/vnd.ksql.v1+json";
  private static final Duration INFO_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestApi api;
  private final Duration timeout;

  /**
   * The API of a server.
   *
   * @param base such as {@code http://127.0.0.1:8088}
   * @param credentials user, colon, password, for a server that asks who is there
   * @param timeout how long a statement may take
   */
  public SqlApi(URI base, Optional<String> credentials, Duration timeout) {
    this.api = new RestApi(base, credentials);
    this.timeout = timeout;
  }

  /** The server's address, with a slash at its end. */
  public URI base() {
    return api.base();
  }

  /** What the server tells about itself: version, ksqlServiceId, serverStatus and more. */
  public JsonNode info() throws IOException {
    return api.json(api.request("info").timeout(INFO_TIMEOUT)).path("KsqlServerInfo");
  }

  /** Whether the server says that all of it is well. */
  public boolean isHealthy() throws IOException {
    return api.json(api.request("healthcheck").timeout(HEALTH_TIMEOUT))
        .path("isHealthy")
        .asBoolean();
  }

  /**
   * Carries statements out that are no queries.
   *
   * @return an array with one entity for each statement that answers something
   */
  public JsonNode execute(String sql, Map<String, ?> properties, Map<String, String> variables)
      throws IOException {
    return execute(sql, properties, variables, OptionalLong.empty());
  }

  /**
   * As above, once a former command has been carried out.
   *
   * @param after the {@code commandSequenceNumber} that the server gave for that command; the
   *     server answers 503 if it takes longer than it waits
   */
  public JsonNode execute(
      String sql, Map<String, ?> properties, Map<String, String> variables, OptionalLong after)
      throws IOException {
    return api.json(post("ksql", sql, properties, variables, after).timeout(timeout));
  }

  /** How far a command is that the server has accepted; its id is as the server gave it. */
  public JsonNode status(String commandId) throws IOException {
    String path =
        Arrays.stream(commandId.split("/"))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
            .collect(Collectors.joining("/"));
    return api.json(api.request("status/" + path).timeout(timeout));
  }

  /** Starts a SELECT or PRINT; the answer comes line by line until it is closed. */
  public InputStream query(String sql, Map<String, ?> properties, Map<String, String> variables)
      throws IOException {
    return query(sql, properties, variables, OptionalLong.empty());
  }

  /** As above, once a former command has been carried out, as {@code execute} has it. */
  public InputStream query(
      String sql, Map<String, ?> properties, Map<String, String> variables, OptionalLong after)
      throws IOException {
    return api.stream(post("query", sql, properties, variables, after));
  }

  private HttpRequest.Builder post(
      String path,
      String sql,
      Map<String, ?> properties,
      Map<String, String> variables,
      OptionalLong after) {
    ObjectNode body = JSON.createObjectNode().put("ksql", sql);
    body.set("streamsProperties", JSON.valueToTree(properties));
    body.set("sessionVariables", JSON.valueToTree(variables));
    after.ifPresent(number -> body.put("commandSequenceNumber", number));
    return api.request(path)
        .header("Content-Type", MEDIA_TYPE)
        .header("Accept", MEDIA_TYPE)
        .POST(BodyPublishers.ofString(body.toString()));
  }
}
