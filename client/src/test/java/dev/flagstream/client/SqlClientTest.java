package dev.flagstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as it is told. */
class SqlClientTest {

  private HttpServer server;
  private String url;
  private SqlClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    client = new SqlClient(url);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void waitsForAHealthyServer() {
    answers("/healthcheck", 200, "{\"isHealthy\":true}");
    client.awaitHealthy(Duration.ofMinutes(2));

    server.removeContext("/healthcheck");
    assertThatThrownBy(() -> client.awaitHealthy(Duration.ofMillis(300)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("not healthy")
        .hasMessageContaining("answered 404");
  }

  @Test
  void saysThatAServerIsNotHealthyByItsOwnWord() {
    answers("/healthcheck", 200, "{\"isHealthy\":false}");

    assertThatThrownBy(() -> client.awaitHealthy(Duration.ofMillis(300)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("its health check says no");
  }

  @Test
  void saysThatNothingListensWhereTheServerShouldBe() {
    server.stop(0);

    assertThatThrownBy(() -> client.awaitHealthy(Duration.ofMillis(300)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("nothing listens there");
    assertThatThrownBy(() -> client.execute("SHOW STREAMS;"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("nothing listens there");
    assertThat(RestApi.answers(URI.create(url + "/info"))).isFalse();
  }

  @Test
  void logsInAndDoesNotWaitWhereThatIsRefused() {
    server.createContext(
        "/healthcheck",
        exchange -> {
          String header = exchange.getRequestHeaders().getFirst("Authorization");
          boolean known = "Basic YW5hbHlzdDpzZWNyZXQ=".equals(header); // analyst:secret
          answer(exchange, known ? 200 : 401, known ? "{\"isHealthy\":true}" : "Unauthorized");
        });

    new SqlClient(url, Optional.of("analyst:secret")).awaitHealthy(Duration.ofMinutes(2));
    assertThatThrownBy(
            () -> new SqlClient(url, Optional.of("analyst:guess")).awaitHealthy(Duration.ofDays(1)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("answered 401")
        .hasMessageContaining("--user");
  }

  @Test
  void passesOnTheWordsOfAServerThatRefusesAStatement() {
    answers(
        "/ksql",
        400,
        "{\"error_code\":40001,\"message\":\"line 1:1: no\",\"statementText\":\"BAD \\n ;\"}");

    assertThatThrownBy(() -> client.execute("BAD;"))
        .isInstanceOfSatisfying(
            RefusedStatementException.class,
            refused -> assertThat(refused.statement()).isEqualTo("BAD ;"))
        .hasMessage("line 1:1: no");
  }

  @Test
  void tellsAServerInTroubleFromOneThatRefuses() {
    answers("/ksql", 503, "{\"message\":\"starting\"}");

    assertThatThrownBy(() -> client.execute("SHOW STREAMS;"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("answered 503: starting");
  }

  @Test
  void showsTheStatesOfPersistentQueries() {
    answers(
        "/ksql",
        200,
        """
        [{"queries":[{"id":"CSAS_A_1","queryType":"PERSISTENT","state":"RUNNING"},
                     {"id":"transient_1","queryType":"PUSH","state":"RUNNING"},
                     {"id":"CSAS_C_5","queryType":"PERSISTENT","state":"RUNNING","statusCount":{"PAUSED":1}},
                     {"id":"CTAS_B_3","queryType":"PERSISTENT","state":"ERROR"}]}]
        """);

    assertThat(client.queryStates())
        .containsOnly(
            entry("CSAS_A_1", "RUNNING"), entry("CTAS_B_3", "ERROR"), entry("CSAS_C_5", "PAUSED"));
  }

  @Test
  void givesTheRowsOfAQueryWithAllTheirDigitsUntilItEnds() throws IOException {
    answers(
        "/query",
        200,
        """
        [{"header":{"queryId":"transient_1","schema":"`A` STRING, `B` DECIMAL(10, 2)"}},
        {"row":{"columns":["one",442.20]}},

        {"row":{"columns":["gone",null],"tombstone":true}},
        {"row":{"columns":["two",[1,2]]}},
        {"finalMessage":"Limit Reached"}]
        """);

    try (SqlRows rows = client.query("SELECT a, b FROM s EMIT CHANGES;", Map.of())) {
      assertThat(rows.next().orElseThrow().toString()).isEqualTo("[\"one\",442.20]");
      assertThat(rows.next().orElseThrow().toString()).isEqualTo("[\"two\",[1,2]]");
      assertThat(rows.next()).isEmpty();
    }
  }

  @Test
  void passesOnWhyAQueryFailsBeforeAndWhileItRuns() throws IOException {
    answers("/query", 400, "{\"error_code\":40001,\"message\":\"no\",\"statementText\":\"S;\"}");
    assertThatThrownBy(() -> client.query("S;", Map.of()))
        .isInstanceOf(RefusedStatementException.class)
        .hasMessage("no");

    server.removeContext("/query");
    answers("/query", 200, "[{\"errorMessage\":{\"message\":\"the topic is gone\"}}]");
    try (SqlRows rows = client.query("S;", Map.of())) {
      assertThatThrownBy(rows::next)
          .isInstanceOf(ServerException.class)
          .hasMessage("the topic is gone");
    }
  }

  private void answers(String path, int status, String body) {
    server.createContext(path, exchange -> answer(exchange, status, body));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
