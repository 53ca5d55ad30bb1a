package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The content types, framing and life of the answers of {@code /query} and {@code /query-stream}.
 */
@ExtendWith(TestCluster.class)
class QueryEndpointsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir static Path state;
  private static TestServer server;

  @BeforeAll
  static void startWithThreeRows() {
    server =
        TestServer.start(
            "query_endpoints_",
            state,
            // A query learns soon that its topic is gone, and does not try for long to commit.
            Map.of(
                "ksql.streams.metadata.max.age.ms", "1000",
                "ksql.streams.consumer.default.api.timeout.ms", "5000"));
    server.run(
        """
        CREATE STREAM readings (id INT KEY, v DOUBLE, seen TIMESTAMP)
          WITH (KAFKA_TOPIC='endpoint_readings', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE TABLE latest AS SELECT id, LATEST_BY_OFFSET(v) AS v FROM readings GROUP BY id;
        INSERT INTO readings VALUES (1, 0.5, '2024-01-02T03:04:05');
        INSERT INTO readings VALUES (2, NULL, NULL);
        INSERT INTO readings VALUES (1, 1.5, '2024-01-02T03:04:06');""");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(server.rows("SELECT * FROM latest WHERE id = 1;")).hasSize(1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String withoutId(String body) {
    return body.replaceAll("(query_|transient_[A-Z]+_)\\d+", "$1N");
  }

  private static String queryStream(String accept, String sql) {
    HttpResponse<String> answer = server.post("/query-stream", accept, TestServer.body("sql", sql));
    assertThat(answer.statusCode()).isEqualTo(200);
    return withoutId(answer.body());
  }

  @Test
  void writesOneRowALine() {
    assertThat(
            queryStream(
                TestServer.DELIMITED, "SELECT id, v, seen FROM readings EMIT CHANGES LIMIT 2;"))
        .isEqualTo(
            """
            {"queryId":"transient_READINGS_N","columnNames":["ID","V","SEEN"],\
            "columnTypes":["INTEGER","DOUBLE","TIMESTAMP"]}
            [1,0.5,"2024-01-02T03:04:05.000"]
            [2,null,null]
            """);
  }

  @Test
  void writesOneArrayOfRows() {
    assertThat(queryStream(TestServer.JSON, "SELECT v FROM readings EMIT CHANGES LIMIT 2;"))
        .isEqualTo(
            """
            [{"queryId":"transient_READINGS_N","columnNames":["V"],"columnTypes":["DOUBLE"]},\
            [0.5],[null]]""");
  }

  @Test
  void writesObjectsThatEndWithTheReason() {
    assertThat(queryStream(TestServer.KSQL_V1, "SELECT v FROM readings EMIT CHANGES LIMIT 1;"))
        .isEqualTo(
            """
            [{"header":{"queryId":"transient_READINGS_N","schema":"`V` DOUBLE"}},
            {"row":{"columns":[0.5]}},
            {"finalMessage":"Limit Reached"}]""");
  }

  @Test
  void tellsWhichRowOfATableIsGoneWhereItsFormatHasAWordForIt() {
    String once =
        """
        {"sql": "SELECT id, COUNT(*) AS n FROM readings GROUP BY id HAVING COUNT(*) < 2 EMIT CHANGES LIMIT 3;",
         "properties": {"ksql.streams.cache.max.bytes.buffering": "0"}}""";

    HttpResponse<String> objects = server.post("/query-stream", TestServer.KSQL_V1, once);
    HttpResponse<String> lines = server.post("/query-stream", TestServer.DELIMITED, once);

    assertThat(objects.body().lines().skip(1))
        .containsExactly(
            "{\"row\":{\"columns\":[1,1]}},",
            "{\"row\":{\"columns\":[2,1]}},",
            "{\"row\":{\"columns\":[1,null],\"tombstone\":true}},",
            "{\"finalMessage\":\"Limit Reached\"}]");
    assertThat(lines.body().lines().skip(1)).containsExactly("[1,1]", "[2,1]");
  }

  @Test
  void marksTheKeyColumnsOfAPullQuery() {
    HttpResponse<String> answer =
        server.post(
            "/query",
            TestServer.KSQL_V1,
            TestServer.body("ksql", "SELECT * FROM latest WHERE id IN (1, 7);"));

    assertThat(withoutId(answer.body()))
        .isEqualTo(
            """
            [{"header":{"queryId":"query_N","schema":"`ID` INTEGER KEY, `V` DOUBLE"}},
            {"row":{"columns":[1,1.5]}}]""");
  }

  @ParameterizedTest
  @CsvSource({"array, application/json", "objects, application/vnd.ksql.v1+json"})
  void endsWithTheReasonWhereARunningQueryFails(String name, String accept) throws Exception {
    server.run(
        "CREATE STREAM lost_%s (v INT) WITH (KAFKA_TOPIC='lost_%s', VALUE_FORMAT='JSON', PARTITIONS=1);"
            .formatted(name, name));
    server.run("INSERT INTO lost_%s (v) VALUES (42);".formatted(name));
    HttpRequest request =
        HttpRequest.newBuilder(server.server().uri().resolve("/query-stream"))
            .header("Accept", accept)
            .POST(
                BodyPublishers.ofString(
                    TestServer.body("sql", "SELECT v FROM lost_" + name + " EMIT CHANGES;")))
            .build();
    StringBuilder answer = new StringBuilder();
    try (InputStream body =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body()) {
      for (int next = body.read(); next >= 0; next = body.read()) {
        answer.append((char) next);
        if (answer.indexOf("[42]") >= 0) {
          break;
        }
      }
      server.run("DROP STREAM lost_%s DELETE TOPIC;".formatted(name));
      answer.append(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    assertThat(answer.toString()).contains("\"error_code\":50000,\"message\":\"The query failed: ");
    assertThat(TestServer.parse(answer.toString())).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "/query,        application/json,                     application/vnd.ksql.v1+json",
    "/query,        application/vnd.ksqlapi.delimited.v1, application/vnd.ksqlapi.delimited.v1",
    "/query,        */*,                                  application/vnd.ksql.v1+json",
    "/query-stream, application/json,                     application/json",
    "/query-stream, application/*,                        application/vnd.ksqlapi.delimited.v1",
    "/query-stream, */*,                                  application/vnd.ksqlapi.delimited.v1",
    "/query-stream, 'text/html, application/json;q=0.5',  application/json",
  })
  void answersInATypeThatTheClientAccepts(String path, String accept, String contentType) {
    String field = path.equals("/query") ? "ksql" : "sql";

    HttpResponse<String> answer =
        server.post(path, accept, TestServer.body(field, "SELECT * FROM latest WHERE id = 1;"));

    assertThat(answer.headers().firstValue("content-type")).contains(contentType);
  }

  @Test
  void knowsNoOtherTypes() {
    assertThat(server.post("/query-stream", "text/html", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                   | Missing required creator property 'sql'",
        "[]                                   | Invalid JSON in request",
        "null                                 | Invalid JSON in request",
        "nonsense                             | Invalid JSON in request: Unrecognized token",
        "{\"sql\":\"A\",\"properties\":{\"a\":1e99999999999}} | Invalid JSON in request: ",
        "{\"sql\":\"SELECT 1;SELECT 2;\"}     | Syntax Error",
        "{\"sql\":\"SELECT * FROM nosuch;\"}  | NOSUCH does not exist",
        "{\"sql\":\"SHOW TYPES; SHOW TYPES;\"} | Expected exactly one KSQL statement; found 2",
      })
  void saysWhatIsWrongWithABody(String body, String message) {
    HttpResponse<String> answer = server.post("/query-stream", TestServer.DELIMITED, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestServer.parse(answer.body()).path("message").asText()).contains(message);
  }

  @Test
  void endsAQueryOnRequest() throws Exception {
    HttpResponse<InputStream> answer = openQuery("SELECT id FROM readings EMIT CHANGES;");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String queryId = TestServer.parse(lines.readLine()).get("queryId").asText();
      assertThat(List.of(lines.readLine(), lines.readLine(), lines.readLine()))
          .containsExactly("[1]", "[2]", "[1]");
      assertThat(server.run("SHOW QUERIES;").toString()).contains(queryId);

      HttpResponse<String> closed =
          server.post("/close-query", TestServer.JSON, "{\"queryId\":\"" + queryId + "\"}");

      assertThat(closed.statusCode()).isEqualTo(200);
      assertThat(lines.readLine()).as("the end of the answer").isNull();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () -> assertThat(server.run("SHOW QUERIES;").toString()).doesNotContain(queryId));
    }
  }

  @Test
  void terminatesAQueryOfAClientByItsId() throws Exception {
    HttpResponse<InputStream> answer = openQuery("SELECT id FROM readings EMIT CHANGES;");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String queryId = TestServer.parse(lines.readLine()).get("queryId").asText();
      assertThat(lines.readLine()).isEqualTo("[1]");
      String statement = "TERMINATE " + queryId + ";";

      assertThat(server.execute(statement).body())
          .isEqualTo(
              "[{\"@type\":\"terminate_query\",\"statementText\":\"%s\",\"queryId\":\"%s\",\"wasTerminated\":true,\"warnings\":[]}]"
                  .formatted(statement, queryId));
      assertThat(lines.lines().filter(line -> !line.startsWith("["))).isEmpty();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () -> assertThat(server.run("SHOW QUERIES;").toString()).doesNotContain(queryId));
      assertThat(server.execute(statement).body()).contains("Unknown queryId: ");
    }
  }

  @Test
  void refusesToEndAnUnknownQuery() {
    HttpResponse<String> answer =
        server.post("/close-query", TestServer.JSON, "{\"queryId\":\"nope\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("No query with id nope");
  }

  @Test
  void endsAQueryWhoseClientIsGone() throws Exception {
    String body = TestServer.body("sql", "SELECT id FROM readings EMIT CHANGES;");
    String queryId;
    try (Socket socket =
        new Socket(server.server().uri().getHost(), server.server().uri().getPort())) {
      // An answer without the header, a refusal say, must fail the test and not hold it up.
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      socket
          .getOutputStream()
          .write(
              ("POST /query-stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      queryId = queryIdIn(socket);
      assertThat(server.run("SHOW QUERIES;").toString()).contains(queryId);
    }

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(server.run("SHOW QUERIES;").toString()).doesNotContain(queryId));
  }

  private static String queryIdIn(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("{\"queryId\"")) {
        return TestServer.parse(line).get("queryId").asText();
      }
    }
    throw new AssertionError("The answer ended without a header");
  }

  private static HttpResponse<InputStream> openQuery(String sql)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.server().uri().resolve("/query-stream"))
                .POST(BodyPublishers.ofString(TestServer.body("sql", sql)))
                .build(),
            BodyHandlers.ofInputStream());
  }

  @Test
  void servesManyClientsAtOnce() throws Exception {
    int clients = 16;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<List<String>>> queries =
          IntStream.range(0, clients)
              .<Callable<List<String>>>mapToObj(
                  client ->
                      () ->
                          client % 4 == 0
                              ? server.rows("SELECT id FROM readings EMIT CHANGES LIMIT 3;")
                              : server.rows("SELECT id FROM latest WHERE id = 1;"))
              .toList();

      List<Future<List<String>>> answers =
          threads.invokeAll(queries, TIMEOUT.toSeconds(), TimeUnit.SECONDS);

      for (int client = 0; client < clients; client++) {
        assertThat(answers.get(client).get())
            .as("client %d", client)
            .isEqualTo(client % 4 == 0 ? List.of("[1]", "[2]", "[1]") : List.of("[1]"));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @RepeatedTest(20)
  void carriesOutStatementsOfManyClientsOneAfterTheOther(RepetitionInfo round) throws Exception {
    int clients = 8;
    String create =
        "CREATE STREAM contested_%1$d (a INT) WITH (KAFKA_TOPIC='contested_%1$d', VALUE_FORMAT='JSON', PARTITIONS=1);"
            .formatted(round.getCurrentRepetition());
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Integer>> answers =
          threads.invokeAll(
              Collections.<Callable<Integer>>nCopies(
                  clients, () -> server.execute(create).statusCode()),
              TIMEOUT.toSeconds(),
              TimeUnit.SECONDS);

      List<Integer> codes = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        codes.add(answer.get());
      }
      assertThat(codes).containsOnlyOnce(200).filteredOn(code -> code == 400).hasSize(clients - 1);
    } finally {
      threads.shutdownNow();
    }
  }
}
