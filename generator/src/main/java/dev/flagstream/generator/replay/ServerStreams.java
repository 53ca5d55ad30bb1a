package dev.flagstream.generator.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.client.NoAnswerException;
import dev.flagstream.client.RefusedStatementException;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.SqlClient;
import dev.flagstream.generator.replay.schema.ColumnType;
import dev.flagstream.generator.replay.schema.SqlName;
import dev.flagstream.generator.replay.schema.StreamColumn;
import dev.flagstream.generator.replay.schema.StreamDefinition;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The streams of a ksqlDB server, or of the local engine: finds them and makes them. */
final class ServerStreams {

  private static final String FORMAT = "JSON";

  private final URI base;
  private final SqlClient server;

  /** The streams of a server such as {@code http://127.0.0.1:8088}. */
  ServerStreams(URI base) {
    this.base = base;
    this.server = new SqlClient(base.toString());
  }

  /**
   * Runs a statement.
   *
   * @throws ServerRefusalException with the server's own words if it refuses it, or if none answers
   */
  void execute(String statement) {
    JsonNode unused = call(statement);
  }

  /**
   * A stream as the server has it; empty if it has none of that name.
   *
   * @throws ServerRefusalException if it has one of another format, or with a type that no column
   *     of a file can have
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
      throw new ServerRefusalException(
          "the stream %s is there already, with VALUE_FORMAT %s, but rows are sent as %s: give another --stream and --topic"
              .formatted(stream, format, FORMAT));
    }
    List<StreamColumn> columns = new ArrayList<>();
    Optional<StreamColumn> key = Optional.empty();
    for (JsonNode field : description.path("fields")) {
      StreamColumn column =
          new StreamColumn(
              field.path("name").asText(), typeOf(stream, field.path("schema"), field));
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
      throw new ServerRefusalException(
          "the stream %s is there already, with a column %s of type %s, which no column of a file can be: give another --stream and --topic"
              .formatted(stream, field.path("name").asText(), name),
          e);
    }
  }

  private JsonNode call(String statement) {
    try {
      return server.execute(statement);
    } catch (RefusedStatementException e) {
      throw new ServerRefusalException(
          "the SQL server at %s refuses the statement:\n%s\n%s"
              .formatted(base, statement, e.getMessage()),
          e);
    } catch (NoAnswerException e) {
      throw new ServerRefusalException(
          "no SQL server answers at "
              + base
              + ". Start one (make demo or make stack, or make up with Docker), or name another"
              + " with --sql-server",
          e);
    } catch (ServerException e) {
      throw new ServerRefusalException(e.getMessage(), e);
    }
  }
}
