package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ksqlDB's tool {@code ksql-migrations} asks of a server, which it does by ksqlDB's Java
 * client, over HTTP/2: it keeps in a stream what it applied, and looks at a table over it.
 */
@ExtendWith(TestCluster.class)
class MigrationsToolTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir static Path state;
  private static TestServer server;
  private static Vertx vertx;
  private static HttpClientAgent http2;

  @BeforeAll
  static void start() {
    server = TestServer.start("migrations_", state);
    vertx = Vertx.vertx();
    http2 =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    server.close();
  }

  private static String ask(HttpMethod method, String path, String body) throws Exception {
    URI uri = server.server().uri();
    return http2
        .request(method, uri.getPort(), uri.getHost(), path)
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(HttpClientResponse::body)
        .map(Buffer::toString)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static JsonNode execute(String sql) throws Exception {
    return TestServer.parse(ask(HttpMethod.POST, "/ksql", TestServer.body("ksql", sql))).get(0);
  }

  private static void record(String key, String version, String migrationState) throws Exception {
    String row =
        """
        {"target":"MIGRATION_EVENTS"}
        {"VERSION_KEY":"%s","VERSION":"%s","NAME":"first","STATE":"%s","CHECKSUM":"c0ffee",\
        "STARTED_ON":"1700000000000","COMPLETED_ON":"","PREVIOUS":"<none>","ERROR_REASON":"N/A"}
        """
            .formatted(key, version, migrationState);
    assertThat(ask(HttpMethod.POST, "/inserts-stream", row))
        .isEqualTo("{\"seq\":0,\"status\":\"ok\"}\n");
  }

  private static List<String> rows(String sql) throws Exception {
    String answer = ask(HttpMethod.POST, "/query-stream", TestServer.body("sql", sql));
    return answer.lines().skip(1).toList();
  }

  @Test
  void keepsWhichMigrationsWereAppliedAndForgetsThemAgain() throws Exception {
    JsonNode info = TestServer.parse(ask(HttpMethod.GET, "/info", "")).get("KsqlServerInfo");
    assertThat(info.get("ksqlServiceId").asText()).isEqualTo("migrations_");
    assertThat(info.get("version").asText()).isNotEmpty();
    JsonNode created =
        execute(
            """
            CREATE STREAM MIGRATION_EVENTS (version_key STRING KEY, version STRING, name STRING,
              state STRING, checksum STRING, started_on STRING, completed_on STRING,
              previous STRING, error_reason STRING)
            WITH (KAFKA_TOPIC='migrations_ksql_MIGRATION_EVENTS', VALUE_FORMAT='JSON', PARTITIONS=1,
              REPLICAS= 1 );
            """);
    assertThat(created.at("/commandStatus/status").asText()).isEqualTo("SUCCESS");
    JsonNode table =
        execute(
            """
            CREATE TABLE MIGRATION_SCHEMA_VERSIONS
              WITH (KAFKA_TOPIC='migrations_ksql_MIGRATION_SCHEMA_VERSIONS')
            AS SELECT version_key, latest_by_offset(version) AS version,
              latest_by_offset(name) AS name, latest_by_offset(state) AS state,
              latest_by_offset(checksum) AS checksum, latest_by_offset(started_on) AS started_on,
              latest_by_offset(completed_on) AS completed_on,
              latest_by_offset(previous) AS previous,
              latest_by_offset(error_reason) AS error_reason
            FROM MIGRATION_EVENTS GROUP BY version_key;
            """);
    assertThat(table.at("/commandStatus/queryId").asText())
        .startsWith("CTAS_MIGRATION_SCHEMA_VERSIONS_");

    JsonNode described = execute("DESCRIBE MIGRATION_SCHEMA_VERSIONS;").get("sourceDescription");
    assertThat(described.get("type").asText()).isEqualTo("TABLE");
    assertThat(described.get("fields")).hasSize(9);
    assertThat(described.get("writeQueries")).hasSize(1);
    String current = "SELECT VERSION FROM MIGRATION_SCHEMA_VERSIONS WHERE VERSION_KEY = 'CURRENT';";
    assertThat(rows(current)).isEmpty();

    record("1", "1", "MIGRATED");
    record("CURRENT", "1", "MIGRATED");

    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(rows(current)).containsExactly("[\"1\"]"));
    assertThat(
            rows(
                "SELECT VERSION, CHECKSUM, PREVIOUS, STATE, NAME, STARTED_ON, COMPLETED_ON,"
                    + " ERROR_REASON FROM MIGRATION_SCHEMA_VERSIONS WHERE VERSION_KEY = '1';"))
        .containsExactly(
            "[\"1\",\"c0ffee\",\"<none>\",\"MIGRATED\",\"first\",\"1700000000000\",\"\",\"N/A\"]");
    assertThat(
            execute("DROP TABLE MIGRATION_SCHEMA_VERSIONS DELETE TOPIC;")
                .at("/commandStatus/status")
                .asText())
        .isEqualTo("SUCCESS");
    assertThat(
            execute("DROP STREAM MIGRATION_EVENTS DELETE TOPIC;")
                .at("/commandStatus/status")
                .asText())
        .isEqualTo("SUCCESS");
    assertThat(execute("SHOW TOPICS;").toString()).doesNotContain("MIGRATION_EVENTS");
  }
}
