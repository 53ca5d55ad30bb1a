package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements as clients send them and the answers they get. */
@ExtendWith(TestCluster.class)
class StatementsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir static Path state;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("statements_", state);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void createPayments(String name) {
    server.run(
        """
        CREATE STREAM %s (card VARCHAR KEY, amount DECIMAL(10,2), city VARCHAR)
        WITH (KAFKA_TOPIC='statements_%s', VALUE_FORMAT='JSON', PARTITIONS=2);"""
            .formatted(name, name));
  }

  @Test
  void createsAStreamOverANewTopic() {
    JsonNode answer =
        server
            .run(
                "CREATE STREAM visits (id BIGINT KEY, seen TIMESTAMP)"
                    + " WITH (KAFKA_TOPIC='statements_visits', VALUE_FORMAT='JSON', PARTITIONS=3);")
            .get(0);

    assertThat(answer.get("@type").asText()).isEqualTo("currentStatus");
    assertThat(answer.get("commandId").asText()).isEqualTo("stream/`VISITS`/create");
    assertThat(answer.get("commandStatus").toString())
        .isEqualTo("{\"status\":\"SUCCESS\",\"message\":\"Stream created\",\"queryId\":null}");
    assertThat(server.run("SHOW TOPICS;").get(0).get("topics").toString())
        .contains("{\"name\":\"statements_visits\",\"replicaInfo\":[1,1,1]}");
    assertThat(server.get("/status/stream/%60VISITS%60/create").body())
        .isEqualTo("{\"status\":\"SUCCESS\",\"message\":\"Stream created\",\"queryId\":null}");
  }

  @Test
  void tellsWhatWasCarriedOutBeforeTheStatementThatFailed() {
    HttpResponse<String> answer =
        server.execute(
            """
            CREATE STREAM before_failure (v INT)
              WITH (KAFKA_TOPIC='before_failure', PARTITIONS=1, VALUE_FORMAT='JSON');
            EXPLAIN no_query_of_this_name;""");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = TestServer.parse(answer.body());
    assertThat(error.path("statementText").asText()).startsWith("EXPLAIN");
    assertThat(error.path("entities")).hasSize(1);
    assertThat(error.path("entities").get(0).path("commandStatus").path("status").asText())
        .isEqualTo("SUCCESS");
    assertThat(server.run("DESCRIBE before_failure;")).hasSize(1);
  }

  @Test
  void refusesASecondStreamOfTheSameName() {
    createPayments("twice");

    HttpResponse<String> answer =
        server.execute(
            "CREATE STREAM twice (a INT) WITH (KAFKA_TOPIC='statements_twice',"
                + " VALUE_FORMAT='JSON');");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(
            "\"error_code\":40001,\"message\":\"Cannot add stream 'TWICE': A stream with the same"
                + " name already exists\"");
  }

  @Test
  void leavesPartitionsAndReplicasOfMinusOneToTheBroker() {
    server.run(
        """
        CREATE STREAM chosen (card STRING KEY, v INT)
          WITH (KAFKA_TOPIC='statements_chosen', VALUE_FORMAT='JSON', PARTITIONS=-1, REPLICAS=-1);
        CREATE STREAM chosen_copy WITH (PARTITIONS=-1, REPLICAS=-1) AS SELECT * FROM chosen;
        """);

    assertThat(server.run("SHOW STREAMS;").toString()).contains("CHOSEN", "CHOSEN_COPY");
  }

  @Test
  void showsRowsOfAnInsertToAPushQuery() {
    createPayments("inserted");
    server.run("INSERT INTO inserted (card, amount, city) VALUES ('4111', 12.50, 'Oslo');");

    List<String> lines = server.query("SELECT * FROM inserted EMIT CHANGES LIMIT 1;");

    assertThat(lines.get(0))
        .matches(
            "\\{\"queryId\":\"transient_INSERTED_\\d+\",\"columnNames\":\\[\"CARD\",\"AMOUNT\","
                + "\"CITY\"],\"columnTypes\":\\[\"STRING\",\"DECIMAL\\(10, 2\\)\",\"STRING\"]}");
    assertThat(lines.subList(1, lines.size())).containsExactly("[\"4111\",12.50,\"Oslo\"]");
  }

  @Test
  void hidesTheValuesOfARefusedInsert() {
    createPayments("masked");

    HttpResponse<String> answer =
        server.execute("INSERT INTO masked (card, nocol) VALUES ('4111', 1);");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Column name `NOCOL` does not exist")
        .contains("INSERT INTO `MASKED` (`CARD`, `NOCOL`) VALUES ('[value]', '[value]');")
        .doesNotContain("4111");
  }

  @Test
  void refusesRowsWhereNoneMayBeInsertedWithoutTheStatement() {
    server.run(
        """
        CREATE STREAM windowed (card STRING KEY, v INT)
          WITH (KAFKA_TOPIC='statements_windowed', VALUE_FORMAT='JSON', PARTITIONS=1,
            WINDOW_TYPE='TUMBLING', WINDOW_SIZE='1 MINUTE');
        CREATE SOURCE STREAM only_read (card STRING KEY, v INT)
          WITH (KAFKA_TOPIC='statements_windowed', VALUE_FORMAT='JSON');
        CREATE STREAM with_headers (card STRING KEY, trace BYTES HEADER('trace'))
          WITH (KAFKA_TOPIC='statements_windowed', VALUE_FORMAT='JSON');
        """);

    assertThat(refusal("INSERT INTO windowed (card, v) VALUES ('a', 1);"))
        .isEqualTo(generic("Cannot insert values into windowed stream/table!"));
    assertThat(refusal("INSERT INTO only_read (card, v) VALUES ('a', 1);"))
        .isEqualTo(generic("Cannot insert values into read-only stream: ONLY_READ"));
    assertThat(refusal("INSERT INTO with_headers (card, trace) VALUES ('a', NULL);"))
        .isEqualTo(generic("Cannot insert into HEADER columns: TRACE"));
  }

  private String refusal(String sql) {
    HttpResponse<String> answer = server.execute(sql);
    assertThat(answer.statusCode()).isEqualTo(400);
    return answer.body();
  }

  private static String generic(String message) {
    return "{\"@type\":\"generic_error\",\"error_code\":40000,\"message\":\"%s\"}"
        .formatted(message);
  }

  @Test
  void keepsATableOfAQueryThatAPullQuerySees() {
    createPayments("spent");
    JsonNode created =
        server
            .run(
                "CREATE TABLE totals AS SELECT card, COUNT(*) AS n, SUM(amount) AS total"
                    + " FROM spent GROUP BY card;")
            .get(0);
    server.run("INSERT INTO spent (card, amount) VALUES ('a', 1.25);");
    server.run("INSERT INTO spent (card, amount) VALUES ('b', 7);");
    server.run("INSERT INTO spent (card, amount) VALUES ('a', 2.50);");

    assertThat(created.at("/commandStatus/message").asText())
        .matches("Created query with ID CTAS_TOTALS_\\d+");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(server.rows("SELECT * FROM totals WHERE card = 'a';"))
                    .containsExactly("[\"a\",2,3.75]"));
    assertThat(server.rows("SELECT n FROM totals WHERE card = 'nobody';")).isEmpty();
    assertThat(server.rows("SELECT card FROM totals;"))
        .containsExactlyInAnyOrder("[\"a\"]", "[\"b\"]");
  }

  @Test
  void looksForAKeyWhereItIsInTheTablesTopicAsKsqlDbDoes() {
    server.run(
        """
        CREATE STREAM keyed (card STRING KEY, v INT)
          WITH (KAFKA_TOPIC='statements_keyed', VALUE_FORMAT='JSON', PARTITIONS=4);
        CREATE TABLE keyed_as_is AS SELECT card, COUNT(*) AS n FROM keyed GROUP BY card;
        CREATE TABLE keyed_as_json WITH (FORMAT='JSON') AS
          SELECT card, COUNT(*) AS n FROM keyed GROUP BY card;
        INSERT INTO keyed VALUES ('4111', 1);""");

    for (String table : List.of("keyed_as_is", "keyed_as_json")) {
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(server.rows("SELECT card, n FROM " + table + ";"))
                      .containsExactly("[\"4111\",1]"));
    }
    String byKey = " WHERE card = '4111';";
    assertThat(server.rows("SELECT card, n FROM keyed_as_is" + byKey))
        .containsExactly("[\"4111\",1]");
    // The text 4111 is in another partition than the JSON text "4111".
    assertThat(server.rows("SELECT card, n FROM keyed_as_json" + byKey)).isEmpty();
  }

  @Test
  void endsAQueryWithTheStreamItMade() {
    createPayments("raw");
    server.run("CREATE STREAM large AS SELECT * FROM raw WHERE amount > 100;");
    assertThat(server.execute("DROP STREAM raw;").body())
        .contains("Cannot drop RAW.")
        .contains("The following streams and/or tables read from this source: [LARGE].");

    JsonNode dropped = server.run("DROP STREAM large DELETE TOPIC;").get(0);

    assertThat(dropped.get("statementText").asText()).isEqualTo("DROP STREAM LARGE;");
    assertThat(dropped.at("/commandStatus/message").asText())
        .isEqualTo("Source `LARGE` (topic: LARGE) was dropped.");
    assertThat(server.run("SHOW QUERIES;").toString()).doesNotContain("CSAS_LARGE");
    assertThat(server.run("DROP STREAM raw;").get(0).at("/commandStatus/status").asText())
        .isEqualTo("SUCCESS");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(server.run("SHOW TOPICS;").toString())
                    .doesNotContain("\"name\":\"LARGE\""));
  }

  @Test
  void pausesResumesAndTerminatesAQuery() {
    createPayments("steady");
    String id =
        server
            .run("CREATE STREAM copy_of_steady AS SELECT * FROM steady;")
            .get(0)
            .at("/commandStatus/queryId")
            .asText();

    assertThat(message("PAUSE " + id + ";")).isEqualTo("Query paused.");
    assertThat(server.run("SHOW QUERIES;").toString())
        .contains("\"id\":\"" + id + "\",\"statusCount\":{\"PAUSED\":1}");
    assertThat(message("RESUME " + id + ";")).isEqualTo("Query resumed.");
    assertThat(message("TERMINATE " + id + ";")).isEqualTo("Query terminated.");

    HttpResponse<String> again = server.execute("TERMINATE " + id + ";");
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("\"message\":\"Unknown queryId: " + id + "\"");
  }

  private static String message(String sql) {
    return server.run(sql).get(0).at("/commandStatus/message").asText();
  }

  @Test
  void goesOnUnderTheSameIdWithAReplacedQuery() {
    createPayments("replaced");
    String first =
        server
            .run("CREATE STREAM expensive AS SELECT * FROM replaced WHERE amount > 10;")
            .get(0)
            .at("/commandStatus/queryId")
            .asText();
    server.run("INSERT INTO replaced (card, amount) VALUES ('a', 20);");
    assertThat(server.rows("SELECT amount FROM expensive EMIT CHANGES LIMIT 1;"))
        .containsExactly("[20.00]");

    String second =
        server
            .run("CREATE OR REPLACE STREAM expensive AS SELECT * FROM replaced WHERE amount > 50;")
            .get(0)
            .at("/commandStatus/queryId")
            .asText();
    server.run("INSERT INTO replaced (card, amount) VALUES ('a', 30);");
    server.run("INSERT INTO replaced (card, amount) VALUES ('a', 60);");

    assertThat(second).isEqualTo(first);
    assertThat(server.rows("SELECT amount FROM expensive EMIT CHANGES LIMIT 2;"))
        .as("the row of the first query once, of the second only those above 50")
        .containsExactly("[20.00]", "[60.00]");
  }

  @Test
  void carriesOutNothingIfOneOfSeveralStatementsIsRefused() {
    createPayments("batch");

    HttpResponse<String> answer =
        server.execute(
            """
            CREATE STREAM first_of_batch AS SELECT * FROM batch;
            CREATE STREAM second_of_batch AS SELECT nocol FROM first_of_batch;""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("SELECT column 'NOCOL' cannot be resolved")
        .contains("\"entities\":[]");
    assertThat(server.run("SHOW STREAMS;").toString()).doesNotContain("FIRST_OF_BATCH");
  }

  @Test
  void carriesOutStatementsThatBuildOnEachOther() {
    JsonNode answers =
        server.run(
            """
            SET 'auto.offset.reset' = 'earliest';
            DEFINE source = 'chain_1';
            CREATE STREAM ${source} (k INT KEY, v INT)
              WITH (KAFKA_TOPIC='statements_chain', VALUE_FORMAT='JSON', PARTITIONS=1);
            CREATE STREAM chain_2 AS SELECT k, v * 2 AS v FROM ${source};
            INSERT INTO ${source} VALUES (1, 21);
            SHOW VARIABLES;""");

    assertThat(answers.findValuesAsText("@type"))
        .containsExactly("currentStatus", "currentStatus", "variables");
    assertThat(server.rows("SELECT * FROM chain_2 EMIT CHANGES LIMIT 1;"))
        .containsExactly("[1,42]");
  }

  @Test
  void takesFormatsFromTheProperties() {
    server.run(
        """
        SET 'ksql.persistence.default.format.value' = 'JSON';
        SET 'ksql.persistence.wrap.single.values' = 'false';
        CREATE STREAM bare_value (v INT) WITH (KAFKA_TOPIC='statements_bare', PARTITIONS=1);
        INSERT INTO bare_value (v) VALUES (42);""");

    server.run(
        """
        CREATE STREAM bare_value_again (v INT) WITH (KAFKA_TOPIC='statements_bare',
          VALUE_FORMAT='JSON', WRAP_SINGLE_VALUE=false);""");
    assertThat(server.rows("SELECT v FROM bare_value_again EMIT CHANGES LIMIT 1;"))
        .containsExactly("[42]");
  }

  @Test
  void refusesPropertiesThatDoNotExist() {
    HttpResponse<String> answer =
        server.post(
            "/ksql",
            TestServer.KSQL_V1,
            "{\"ksql\":\"SHOW STREAMS;\",\"streamsProperties\":{\"nosuch.property\":\"x\"}}");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains(
            "Not recognizable as ksql, streams, consumer, or producer property: 'nosuch.property'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ksql.persistence.wrap.single.values | maybe | Expected value to be either true or false",
        "ksql.query.pull.table.scan.enabled | 1 | Expected value to be either true or false",
        "auto.offset.reset | none | 'none' is not valid for this property within KSQL",
        "ksql.streams.auto.offset.reset | none | 'none' is not valid for this property within KSQL",
        "ksql.streams.commit.interval.ms | often | Not a number of type LONG"
      })
  void refusesValuesThatAPropertyCannotHave(String name, String value, String reason) {
    HttpResponse<String> answer =
        server.post(
            "/ksql",
            TestServer.KSQL_V1,
            "{\"ksql\":\"SHOW STREAMS;\",\"streamsProperties\":{\"%s\":\"%s\"}}"
                .formatted(name, value));

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).contains("Invalid value " + value + " for configuration", reason);
  }

  @Test
  void sendsSelectsToTheEndpointForQueries() {
    assertThat(server.execute("SELECT 1 FROM x EMIT CHANGES;").body())
        .contains("\"error_code\":40002");
    HttpResponse<String> answer =
        server.post("/query-stream", TestServer.DELIMITED, TestServer.body("sql", "SHOW STREAMS;"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Neither a query nor a print statement");
  }

  @Test
  void describesColumnsQueriesAndTopic() {
    createPayments("described");
    server.run("CREATE STREAM cities AS SELECT card, city FROM described;");

    JsonNode description = server.run("DESCRIBE cities EXTENDED;").get(0).get("sourceDescription");

    assertThat(description.get("fields").toString())
        .isEqualTo(
            "[{\"name\":\"CARD\",\"schema\":{\"type\":\"STRING\",\"fields\":null,"
                + "\"memberSchema\":null},\"type\":\"KEY\"},{\"name\":\"CITY\",\"schema\":"
                + "{\"type\":\"STRING\",\"fields\":null,\"memberSchema\":null}}]");
    assertThat(description.get("partitions").asInt()).isEqualTo(2);
    assertThat(description.get("writeQueries")).hasSize(1);
    assertThat(
            server
                .run("DESCRIBE described;")
                .get(0)
                .at("/sourceDescription/sourceConstraints")
                .toString())
        .isEqualTo("[\"CITIES\"]");
  }

  @Test
  void namesTheTopicsThatDifferOnlyInCaseFromOneThatIsNotThere() {
    createPayments("cased");

    HttpResponse<String> near = print("STATEMENTS_cased");
    HttpResponse<String> unknown = print("statements_nowhere");

    assertThat(near.body())
        .contains(
            "Could not find topic 'STATEMENTS_cased', or the KSQL user does not have permissions to"
                + " list the topic. Topic names are case-sensitive.\\nDid you mean:\\n\\tprint"
                + " statements_cased;\"");
    assertThat(unknown.body()).contains("Topic names are case-sensitive.\"");
  }

  private static HttpResponse<String> print(String topic) {
    return server.post(
        "/query", TestServer.KSQL_V1, TestServer.body("ksql", "PRINT " + topic + " LIMIT 1;"));
  }

  @Test
  void warnsOfOuterJoinsOfStreamsThatSayNoGracePeriod() {
    createPayments("warned_a");
    createPayments("warned_b");
    String join = " JOIN warned_b b WITHIN 1 HOUR%s ON a.card = b.card;";
    String select = " AS SELECT a.card AS card, b.city AS city FROM warned_a a ";

    JsonNode without = server.run("CREATE STREAM w1" + select + "LEFT" + join.formatted(""));
    JsonNode with =
        server.run("CREATE STREAM w2" + select + "LEFT" + join.formatted(" GRACE PERIOD 1 MINUTE"));
    JsonNode inner = server.run("CREATE STREAM w3" + select + "INNER" + join.formatted(""));

    assertThat(without.get(0).at("/warnings/0/message").asText())
        .startsWith(
            "DEPRECATION NOTICE: Left/Outer stream-stream joins statements without a GRACE PERIOD"
                + " will not be accepted in a future ksqlDB version.\nPlease use the GRACE PERIOD"
                + " clause");
    assertThat(with.get(0).get("warnings")).isEmpty();
    assertThat(inner.get(0).get("warnings")).isEmpty();
  }

  @Test
  void refusesRowsForAnUnknownStreamWithoutTheStatement() {
    HttpResponse<String> answer = server.execute("INSERT INTO statements_none VALUES ('a', 1);");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(
            "\"@type\":\"generic_error\",\"error_code\":40000,\"message\":\"Cannot insert values"
                + " into an unknown stream/table: `STATEMENTS_NONE`");
  }

  @Test
  void printsATopicWithGuessedFormats() {
    createPayments("printed");
    server.run("INSERT INTO printed (ROWTIME, card, amount) VALUES (1700000002000, 'c-1', 3);");

    HttpResponse<String> answer =
        server.post(
            "/query",
            TestServer.KSQL_V1,
            TestServer.body("ksql", "PRINT statements_printed FROM BEGINNING LIMIT 1;"));

    assertThat(answer.body())
        .isEqualTo(
            """
            Key format: KAFKA_STRING
            Value format: JSON or KAFKA_STRING
            rowtime: 2023/11/14 22:13:22.000 Z, key: c-1, value: {"AMOUNT":3.00,"CITY":null}, \
            partition: %s
            """
                .formatted(answer.body().strip().charAt(answer.body().strip().length() - 1)));
  }
}
