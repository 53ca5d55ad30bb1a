package dev.flagstream.generator.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.replay.schema.Column;
import dev.flagstream.generator.replay.schema.ColumnType;
import dev.flagstream.generator.replay.schema.SqlName;
import dev.flagstream.generator.replay.schema.StreamDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes streams on a ksqlDB server, or on the local engine, by the REST API. */
final class SqlServer {

  private static final String MEDIA_TYPE = "application/vnd.ksql.v1+json";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);
  private static final String FORMAT = "JSON";
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI base;

  /** A client of a server such as {@code http://127.0.0.1:8088}. */
  SqlServer(URI base) {
    this.base = base;
  }

  /**
   * Runs a statement.
   *
   * @throws SqlServerException with the server's own words if it refuses it, or if none answers
   */
  void execute(String statement) {
    JsonNode unused = call(statement);
  }

  /**
   * A stream as the server has it; empty if it has none of that name.
   *
   * @throws SqlServerException if it has one of another format, or with a type that no column of a
   *     file can have
   */
  Optional<StreamDefinition> find(String stream) {
    String wanted = SqlName.onServer(stream);
    for (JsonNode each : call("LIST STREAMS;").path(0).path("streams")) {
      if (each.path("name").asText().equals(wanted)) {
        JsonNode description =
            call("DESCRIBE " + SqlName.inStatement(stream) + ";").path(0).path("sourceDescription");
        return Optional.of(definition(stream, description));
      }
    }
    return Optional.empty();
  }

  private StreamDefinition definition(String stream, JsonNode description) {
    String format = description.path("valueFormat").asText();
    if (!format.equals(FORMAT)) {
      throw new SqlServerException(
          "the stream %s is there already, with VALUE_FORMAT %s, but rows are sent as %s: give another --stream and --topic"
              .formatted(stream, format, FORMAT));
    }
    List<Column> columns = new ArrayList<>();
    Optional<Column> key = Optional.empty();
    for (JsonNode field : description.path("fields")) {
      Column column =
          new Column(field.path("name").asText(), typeOf(stream, field.path("schema"), field));
      if (field.path("type").asText().equals("KEY")) {
        key = Optional.of(column);
      } else {
        columns.add(column);
      }
    }
    String timestamp = description.path("timestamp").asText("");
    return new StreamDefinition(
        stream,
        description.path("topic").asText(),
        key,
        columns,
        timestamp.isEmpty() ? Optional.empty() : Optional.of(timestamp));
  }

  private static ColumnType typeOf(String stream, JsonNode schema, JsonNode field) {
    String name = schema.path("type").asText();
    if (name.equals("DECIMAL")) {
      JsonNode parameters = schema.path("parameters");
      return ColumnType.decimal(
          parameters.path("precision").asInt(), parameters.path("scale").asInt());
    }
    try {
      return ColumnType.parse(name);
    } catch (IllegalArgumentException e) {
      throw new SqlServerException(
          "the stream %s is there already, with a column %s of type %s, which no column of a file can be: give another --stream and --topic"
              .formatted(stream, field.path("name").asText(), name),
          e);
    }
  }

  private JsonNode call(String statement) {
    HttpResponse<String> response;
    try {
      String body =
          JSON.writeValueAsString(Map.of("ksql", statement, "streamsProperties", Map.of()));
      response = http.send(request(body), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new SqlServerException(
          "no SQL server answers at "
              + base
              + ". Start one (make demo or make stack, or make up with Docker), or name another"
              + " with --sql-server",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlServerException("interrupted while calling the SQL server", e);
    }
    return answer(statement, response);
  }

  private HttpRequest request(String body) {
    return HttpRequest.newBuilder(base.resolve("/ksql"))
        .timeout(CALL_TIMEOUT)
        .header("Content-Type", MEDIA_TYPE)
        .header("Accept", MEDIA_TYPE)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private JsonNode answer(String statement, HttpResponse<String> response) {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new SqlServerException(
          base + " answered " + response.statusCode() + ", and not as a SQL server does", e);
    }
    if (response.statusCode() != OK) {
      throw refused(statement, answer.path("message").asText(response.body()));
    }
    // A statement can also fail after the server accepted it, which is no HTTP error.
    for (JsonNode each : answer) {
      JsonNode status = each.path("commandStatus");
      if (status.path("status").asText().equals("ERROR")) {
        throw refused(statement, status.path("message").asText());
      }
    }
    return answer;
  }

  private SqlServerException refused(String statement, String message) {
    return new SqlServerException(
        "the SQL server at " + base + " refuses the statement:\n" + statement + "\n" + message);
  }
}
