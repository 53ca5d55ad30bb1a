package dev.flagstream.engine.statement.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Statement.ConnectRequest;
import dev.flagstream.engine.ast.Statement.ConnectorScope;
import dev.flagstream.engine.ast.Statement.CreateConnector;
import dev.flagstream.engine.ast.Statement.DescribeConnector;
import dev.flagstream.engine.ast.Statement.DropConnector;
import dev.flagstream.engine.ast.Statement.ShowConnectorPlugins;
import dev.flagstream.engine.ast.Statement.ShowConnectors;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.statement.connect.RemoteConnectWorker.Answer;
import dev.flagstream.engine.statement.connect.RemoteConnectWorker.UnreachableException;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.entity.SourceDescription;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Carries out statements about connectors, which a Connect worker keeps. Thread-safe. */
public final class Connectors {

  private static final int NOT_FOUND = 404;
  private static final String RUNNING = "RUNNING";
  private static final List<String> NO_WARNINGS = List.of();

  private final RemoteConnectWorker worker;
  private final Function<String, List<SourceDescription>> sourcesOver;

  /**
   * Statements about the connectors of a worker.
   *
   * @param sourcesOver the streams and tables over a topic
   */
  public Connectors(
      RemoteConnectWorker worker, Function<String, List<SourceDescription>> sourcesOver) {
    this.worker = worker;
    this.sourcesOver = sourcesOver;
  }

  /**
   * The answer to a statement.
   *
   * @param text the statement as written
   * @throws RequestException if the worker cannot be reached, or refuses
   */
  public Entity answer(ConnectRequest statement, String text) {
    try {
      return statement.acceptKind(new Work(text));
    } catch (UnreachableException e) {
      // ksqlDB quotes the classes of its HTTP client here.
      throw RequestException.ofStatement(
          Code.SERVER_ERROR,
          "io.confluent.ksql.util.KsqlServerException:"
              + " org.apache.hc.client5.http.HttpHostConnectException: "
              + e.getMessage()
              + "\nCaused by: Could not connect to the server. Please check the server details are\n"
              + "\tcorrect and that the server is running.",
          text,
          e);
    }
  }

  private final class Work implements ConnectRequest.Visitor<Entity> {

    private final String text;

    Work(String text) {
      this.text = text;
    }

    @Override
    public Entity visitShowConnectors(ShowConnectors statement) {
      JsonNode names =
          require("list connectors", worker.get(RemoteConnectWorker.path("connectors")));
      List<Entity.Connector> connectors = new ArrayList<>();
      for (JsonNode name : names) {
        Entity.Connector connector = connector(name.asText());
        if (statement.scope() == ConnectorScope.ALL
            || statement.scope().name().equalsIgnoreCase(connector.type())) {
          connectors.add(connector);
        }
      }
      return new Entity.Connectors(text, connectors, NO_WARNINGS);
    }

    private Entity.Connector connector(String name) {
      Answer info = worker.get(RemoteConnectWorker.path("connectors", name));
      Answer status = worker.get(RemoteConnectWorker.path("connectors", name, "status"));
      // It may have been dropped since it was listed.
      return info.isFine() && status.isFine()
          ? new Entity.Connector(
              name, info.body().path("type").asText(), classOf(info.body()), state(status.body()))
          : new Entity.Connector(name, "unknown", null, null);
    }

    @Override
    public Entity visitShowConnectorPlugins(ShowConnectorPlugins statement) {
      JsonNode plugins =
          require(
              "list connector plugins", worker.get(RemoteConnectWorker.path("connector-plugins")));
      List<Entity.ConnectorPlugin> listed = new ArrayList<>();
      plugins.forEach(
          plugin ->
              listed.add(
                  new Entity.ConnectorPlugin(
                      plugin.path("class").asText(),
                      plugin.path("type").asText(),
                      plugin.path("version").asText(null))));
      return new Entity.ConnectorPlugins(text, listed, NO_WARNINGS);
    }

    @Override
    public Entity visitDescribeConnector(DescribeConnector statement) {
      String name = statement.name();
      String work = "describe connector " + name;
      JsonNode info = require(work, worker.get(RemoteConnectWorker.path("connectors", name)));
      JsonNode status =
          require(work, worker.get(RemoteConnectWorker.path("connectors", name, "status")));
      List<String> topics = new ArrayList<>();
      worker
          .get(RemoteConnectWorker.path("connectors", name, "topics"))
          .body()
          .path(name)
          .path("topics")
          .forEach(topic -> topics.add(topic.asText()));
      List<SourceDescription> sources =
          topics.stream().flatMap(topic -> sourcesOver.apply(topic).stream()).toList();
      return new Entity.DescribedConnector(
          text, classOf(info), status, sources, topics, NO_WARNINGS);
    }

    @Override
    public Entity visitCreateConnector(CreateConnector statement) {
      String name = statement.name();
      if (worker.get(RemoteConnectWorker.path("connectors", name)).isFine()) {
        String message = "Connector %s already exists".formatted(name);
        if (statement.ifNotExists()) {
          return new Entity.Warning(text, message, NO_WARNINGS);
        }
        throw RequestException.ofStatement(Code.BAD_STATEMENT, message, text);
      }
      Map<String, String> config = new LinkedHashMap<>();
      statement.with().forEach((key, value) -> config.put(key, setting(value)));
      Answer created =
          worker.post(
              RemoteConnectWorker.path("connectors"), Map.of("name", name, "config", config));
      return new Entity.CreatedConnector(text, require("create connector", created), NO_WARNINGS);
    }

    @Override
    public Entity visitDropConnector(DropConnector statement) {
      String name = statement.name();
      Answer dropped = worker.delete(RemoteConnectWorker.path("connectors", name));
      if (dropped.status() == NOT_FOUND && statement.ifExists()) {
        return new Entity.Warning(
            text, "Connector '%s' does not exist.".formatted(name), NO_WARNINGS);
      }
      require("drop connector", dropped);
      return new Entity.DroppedConnector(text, name, NO_WARNINGS);
    }
  }

  private static JsonNode require(String work, Answer answer) {
    if (!answer.isFine()) {
      throw RequestException.ofHttpStatus(
          answer.status(), "Failed to " + work + ": " + answer.error());
    }
    return answer.body();
  }

  private static String classOf(JsonNode info) {
    return info.path("config").path("connector.class").asText();
  }

  /** The connector's own state, and how many of its tasks run if it does. */
  private static String state(JsonNode status) {
    String state = status.path("connector").path("state").asText();
    if (!state.equals(RUNNING)) {
      return state;
    }
    int running = 0;
    for (JsonNode task : status.path("tasks")) {
      running += task.path("state").asText().equals(RUNNING) ? 1 : 0;
    }
    int tasks = status.path("tasks").size();
    String summary = running == tasks ? RUNNING : running == 0 ? "FAILED" : "WARNING";
    return String.format(Locale.ROOT, "%s (%d/%d tasks RUNNING)", summary, running, tasks);
  }

  private static String setting(Expression value) {
    return value instanceof StringLiteral string ? string.value() : ExpressionPrinter.print(value);
  }
}
