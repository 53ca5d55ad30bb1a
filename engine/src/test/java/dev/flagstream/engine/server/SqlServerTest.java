package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCluster.class)
class SqlServerTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static SqlServer server;

  @BeforeAll
  static void startServer() {
    server = SqlServer.start(settings());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static Map<String, String> settings() {
    return Map.of(
        "bootstrap.servers", TestCluster.bootstrapServers(),
        "listeners", "http://127.0.0.1:0",
        "ksql.service.id", "server_test_");
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private static HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
  }

  private static URI uri(String path) {
    return server.uri().resolve(path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void tellsItsVersionAndService() throws Exception {
    HttpResponse<String> answer = get("/info");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"KsqlServerInfo\":\\{\"version\":\"8\\.3\\.1\",\"kafkaClusterId\":\"[^\"]+\","
                + "\"ksqlServiceId\":\"server_test_\",\"serverStatus\":\"RUNNING\"}}");
  }

  @Test
  void isHealthyWhileKafkaAnswers() throws Exception {
    assertThat(get("/healthcheck").body())
        .isEqualTo(
            "{\"isHealthy\":true,\"details\":{\"metastore\":{\"isHealthy\":true},"
                + "\"kafka\":{\"isHealthy\":true},\"commandRunner\":{\"isHealthy\":true}},"
                + "\"serverState\":\"READY\"}");
  }

  @Test
  void leadsFromTheRootToInfo() throws Exception {
    HttpResponse<String> answer = get("/");

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("location")).contains("/info");
  }

  @Test
  void knowsNoOtherPathsOrMethods() throws Exception {
    for (String path : new String[] {"/nope", "/ksql", "/lag", "/ws/query"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).as(path).isEqualTo("Not Found");
    }
  }

  @Test
  void doesNotKnowTheStatusOfAnUnknownCommand() throws Exception {
    HttpResponse<String> answer = get("/status/stream/NOPE/create");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            "{\"@type\":\"generic_error\",\"error_code\":40400,\"message\":\"Command not found\"}");
  }

  @Test
  void saysWhereABodyIsNoJson() throws Exception {
    HttpResponse<String> answer = post("/ksql", "{\"ksql\": ");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"error_code\":40000")
        .contains("Invalid JSON in request: Unexpected end-of-input")
        .contains("line: 1, column: 10");
  }

  @Test
  void readsABodyThatCurlCallsAForm() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri("/ksql"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"ksql\":\"DEFINE x = '5 %'; SHOW VARIABLES;\"}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("{\"name\":\"x\",\"value\":\"5 %\"}");
  }

  @Test
  void answersNothingToNoStatement() throws Exception {
    for (String body : new String[] {"{}", "{\"ksql\":\"\"}", "{\"ksql\":\"-- only this\"}"}) {
      HttpResponse<String> answer = post("/ksql", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(200);
      assertThat(answer.body()).as(body).isEqualTo("[]");
    }
  }

  @Test
  void saysWhereAStatementIsNone() throws Exception {
    HttpResponse<String> answer = post("/ksql", "{\"ksql\": \"CREATE STRAEM x (a INT);\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"@type\":\"statement_error\",\"error_code\":40001,\"message\":"
                + "\"line 1:8: Syntax Error\\nSyntax error at or near 'STRAEM' at line 1:8\","
                + "\"statementText\":\"CREATE STRAEM x (a INT);\",\"entities\":[]}");
  }

  @Test
  void refusesToStartOnATakenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings = new HashMap<>(settings());
      settings.put("listeners", "http://127.0.0.1:" + taken.getLocalPort());

      assertThatThrownBy(() -> SqlServer.start(settings))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("listeners: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void refusesToStartWithoutABroker() {
    assertThatThrownBy(() -> SqlServer.start(Map.of("listeners", "http://127.0.0.1:0")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "bootstrap.servers is missing: set it to host:port of at least one Kafka broker");
  }
}
