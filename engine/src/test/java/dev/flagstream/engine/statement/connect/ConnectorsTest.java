package dev.flagstream.engine.statement.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flagstream.engine.ast.Statement.ConnectRequest;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.engine.statement.config.ConnectCredentials;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.request.RequestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements about connectors, before a worker that keeps them as Kafka Connect's REST API does.
 */
class ConnectorsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CREATE =
      "CREATE SINK CONNECTOR `to store` WITH ('connector.class'='MongoSink', 'topics'='scored',"
          + " 'tasks.max'=2);";

  private final Map<String, JsonNode> created = new TreeMap<>();
  private HttpServer worker;
  private Connectors connectors;

  @BeforeEach
  void startWorker() throws IOException {
    worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext("/", this::handle);
    worker.start();
    connectors = connectorsOf(worker.getAddress().getPort());
  }

  @AfterEach
  void stopWorker() {
    worker.stop(0);
  }

  private static Connectors connectorsOf(int port) {
    return new Connectors(
        new RemoteConnectWorker(
            URI.create("http://127.0.0.1:" + port + "/"), ConnectCredentials.NONE),
        topic -> List.of());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/", -1));
      String method = exchange.getRequestMethod();
      JsonNode connector = path.size() > 1 ? created.get(path.get(1)) : null;
      if (path.get(0).equals("connector-plugins")) {
        respond(
            exchange,
            200,
            List.of(Map.of("class", "MongoSink", "type", "sink", "version", "2.1.1")));
      } else if (method.equals("POST")) {
        JsonNode asked = MAPPER.readTree(exchange.getRequestBody());
        if (asked.path("config").path("connector.class").isMissingNode()) {
          respond(exchange, 400, Map.of("error_code", 400, "message", "no connector.class"));
        } else {
          created.put(asked.path("name").asText(), asked);
          respond(exchange, 201, info(asked));
        }
      } else if (path.size() == 1) {
        respond(exchange, 200, created.keySet());
      } else if (connector == null) {
        respond(
            exchange,
            404,
            Map.of("error_code", 404, "message", "Connector " + path.get(1) + " not found"));
      } else if (method.equals("DELETE")) {
        created.remove(path.get(1));
        exchange.sendResponseHeaders(204, -1);
      } else if (path.size() == 2) {
        respond(exchange, 200, info(connector));
      } else if (path.get(2).equals("topics")) {
        respond(exchange, 200, Map.of(path.get(1), Map.of("topics", List.of("scored"))));
      } else {
        respond(
            exchange,
            200,
            Map.of(
                "name", path.get(1),
                "connector", Map.of("state", "RUNNING", "worker_id", "w1"),
                "tasks",
                    List.of(
                        Map.of("id", 0, "state", "RUNNING"), Map.of("id", 1, "state", "FAILED")),
                "type", "sink"));
      }
    }
  }

  private static Map<String, Object> info(JsonNode connector) {
    return Map.of(
        "name", connector.path("name"), "config", connector.path("config"), "type", "sink");
  }

  private static void respond(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = MAPPER.valueToTree(body).toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private Entity answer(String sql) {
    return answer(connectors, sql);
  }

  private static Entity answer(Connectors connectors, String sql) {
    return connectors.answer((ConnectRequest) new SqlParser().parse(sql).get(0).statement(), sql);
  }

  @Test
  void tellsTheWorkerTheNameAndPasswordOfAFileAsItIsNow(@TempDir Path folder) throws IOException {
    List<String> told = new ArrayList<>();
    worker.removeContext("/");
    worker.createContext(
        "/",
        exchange -> {
          try (exchange) {
            told.add(exchange.getRequestHeaders().getFirst("Authorization"));
            respond(exchange, 200, List.of());
          }
        });
    Path file = Files.writeString(folder.resolve("connect"), "username=ada\npassword=first\n");
    Connectors guarded =
        new Connectors(
            new RemoteConnectWorker(
                URI.create("http://127.0.0.1:" + worker.getAddress().getPort()),
                config(file.toString(), "true").connectCredentials()),
            topic -> List.of());

    answer(guarded, "SHOW CONNECTORS;");
    Files.writeString(file, "username=ada\npassword=second\n");
    answer(guarded, "SHOW CONNECTORS;");
    Files.writeString(file, "");
    answer(guarded, "SHOW CONNECTORS;");

    assertThat(told).containsExactly(basic("ada:first"), basic("ada:second"), basic("ada:first"));
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static EngineConfig config(String file, String reload) {
    return EngineConfig.of(
        Map.of(
            "bootstrap.servers",
            "localhost:9092",
            "ksql.connect.basic.auth.credentials.source",
            "FILE",
            "ksql.connect.basic.auth.credentials.file",
            file,
            "ksql.connect.basic.auth.credentials.reload",
            reload));
  }

  @Test
  void namesTheSettingThatGivesNoCredentials(@TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "username=ada\n");

    assertThatThrownBy(() -> config(empty.toString(), "false"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ksql.connect.basic.auth.credentials.file='" + empty)
        .hasMessageContaining("no password");
    assertThatThrownBy(() -> config(folder.resolve("nowhere").toString(), "false"))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> config("", "false")).hasMessageContaining("=FILE needs");
    assertThatThrownBy(
            () ->
                EngineConfig.of(
                    Map.of(
                        "bootstrap.servers", "localhost:9092",
                        "ksql.connect.basic.auth.credentials.source", "VAULT")))
        .hasMessageContaining("'VAULT': must be NONE or FILE");
  }

  @Test
  void createsShowsDescribesAndDropsAConnector() {
    assertThat(answer(CREATE)).isInstanceOf(Entity.CreatedConnector.class);
    assertThat(created.get("to store").path("config").toString())
        .isEqualTo("{\"connector.class\":\"MongoSink\",\"topics\":\"scored\",\"tasks.max\":\"2\"}");

    assertThat(answer("SHOW CONNECTORS;"))
        .isEqualTo(
            new Entity.Connectors(
                "SHOW CONNECTORS;",
                List.of(
                    new Entity.Connector(
                        "to store", "sink", "MongoSink", "WARNING (1/2 tasks RUNNING)")),
                List.of()));
    assertThat(answer("DESCRIBE CONNECTOR `to store`;"))
        .asInstanceOf(InstanceOfAssertFactories.type(Entity.DescribedConnector.class))
        .satisfies(
            described -> {
              assertThat(described.connectorClass()).isEqualTo("MongoSink");
              assertThat(described.topics()).containsExactly("scored");
              assertThat(described.status().path("connector").path("worker_id").asText())
                  .isEqualTo("w1");
            });

    assertThat(answer("DROP CONNECTOR `to store`;"))
        .isEqualTo(
            new Entity.DroppedConnector("DROP CONNECTOR `to store`;", "to store", List.of()));
    assertThat(created).isEmpty();
  }

  @Test
  void showsOnlySourcesOrSinksIfAskedTo() {
    answer(CREATE);

    assertThat(((Entity.Connectors) answer("SHOW SINK CONNECTORS;")).connectors()).hasSize(1);
    assertThat(((Entity.Connectors) answer("SHOW SOURCE CONNECTORS;")).connectors()).isEmpty();
  }

  @Test
  void showsThePluginsOfTheWorker() {
    assertThat(((Entity.ConnectorPlugins) answer("SHOW CONNECTOR PLUGINS;")).connectorsPlugins())
        .containsExactly(new Entity.ConnectorPlugin("MongoSink", "sink", "2.1.1"));
  }

  @Test
  void warnsOfWhatIsThereOrNotThereIfToldThatItMayBe() {
    assertThat(answer("DROP CONNECTOR IF EXISTS none;"))
        .isEqualTo(
            new Entity.Warning(
                "DROP CONNECTOR IF EXISTS none;", "Connector 'NONE' does not exist.", List.of()));
    answer(CREATE);
    assertThat(answer(CREATE.replace("CONNECTOR", "CONNECTOR IF NOT EXISTS")))
        .isInstanceOf(Entity.Warning.class);
    assertThatThrownBy(() -> answer(CREATE)).hasMessage("Connector to store already exists");
  }

  @Test
  void passesOnWhatTheWorkerRefuses() {
    assertThatThrownBy(() -> answer("CREATE SINK CONNECTOR s WITH ('topics'='scored');"))
        .asInstanceOf(InstanceOfAssertFactories.type(RequestException.class))
        .satisfies(
            refused -> {
              assertThat(refused.getMessage())
                  .isEqualTo("Failed to create connector: no connector.class");
              assertThat(refused.httpStatus()).isEqualTo(400);
            });
    assertThatThrownBy(() -> answer("DROP CONNECTOR none;"))
        .hasMessage("Failed to drop connector: Connector NONE not found");
  }

  @Test
  void saysThatTheWorkerIsDown() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Connectors down = connectorsOf(free);

    assertThatThrownBy(() -> answer(down, "SHOW CONNECTORS;"))
        .asInstanceOf(InstanceOfAssertFactories.type(RequestException.class))
        .satisfies(
            refused -> {
              assertThat(refused.httpStatus()).isEqualTo(500);
              assertThat(refused.getMessage())
                  .contains("Connect to http://127.0.0.1:" + free + " failed: Connection refused")
                  .contains("Could not connect to the server.");
            });
  }
}
