package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statements that ask and change nothing, and refusals that only the topics of a cluster show. */
@ExtendWith(TestCluster.class)
class QuestionsTest {

  @TempDir static Path state;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("questions_", state);
    server.run(
        """
        CREATE STREAM two (k STRING KEY, v INT)
          WITH (KAFKA_TOPIC='questions_two', VALUE_FORMAT='JSON', PARTITIONS=2);
        CREATE STREAM three (k STRING KEY, w INT)
          WITH (KAFKA_TOPIC='questions_three', VALUE_FORMAT='JSON', PARTITIONS=3);
        CREATE TABLE names (k STRING PRIMARY KEY, name STRING)
          WITH (KAFKA_TOPIC='questions_names', VALUE_FORMAT='JSON', PARTITIONS=3);""");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void refusesToJoinTopicsOfDifferentNumbersOfPartitions() {
    String expected =
        "Can't join `%s` with `%s` since the number of partitions don't match. `%s` partitions = 2;"
            + " `%s` partitions = 3. Please repartition either one so that the number of partitions"
            + " match.";

    HttpResponse<String> streams =
        server.execute(
            "CREATE STREAM j AS SELECT a.k, v, w FROM two a JOIN three b WITHIN 1 HOUR ON a.k = b.k;");
    HttpResponse<String> table =
        server.execute("CREATE STREAM j AS SELECT a.k, v FROM two a JOIN names n ON a.k = n.k;");

    assertThat(streams.statusCode()).isEqualTo(400);
    assertThat(streams.body()).contains(expected.formatted("A", "B", "A", "B"));
    assertThat(table.body()).contains(expected.formatted("A", "N", "A", "N"));
  }

  @Test
  void refusesToKeepATableForATime() {
    String refusal =
        "Invalid config variable in the WITH clause: RETENTION_MS. Non-windowed tables do not"
            + " support retention.";

    assertThat(
            server.execute(
                "CREATE TABLE kept (k STRING PRIMARY KEY, v INT) WITH (KAFKA_TOPIC='questions_kept',"
                    + " VALUE_FORMAT='JSON', PARTITIONS=1, RETENTION_MS=1000);"))
        .extracting(HttpResponse::body)
        .asString()
        .contains(refusal);
    assertThat(
            server.execute(
                "CREATE TABLE kept WITH (RETENTION_MS=1000) AS"
                    + " SELECT k, COUNT(*) AS n FROM two GROUP BY k;"))
        .extracting(HttpResponse::body)
        .asString()
        .contains(refusal);
    server.run(
        "CREATE TABLE kept WITH (RETENTION_MS=1000) AS SELECT k, COUNT(*) AS n FROM two"
            + " WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY k;");
  }

  @Test
  void makesTheTopicsOfDeclaredSourcesWithKsqldbsSettings() throws Exception {
    server.run(
        """
        CREATE STREAM declared (k STRING KEY, v INT)
          WITH (KAFKA_TOPIC='questions_week', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE STREAM long_kept (k STRING KEY, v INT)
          WITH (KAFKA_TOPIC='questions_year', VALUE_FORMAT='JSON', PARTITIONS=1, RETENTION_MS=31536000000);
        CREATE TABLE declared_windows (k STRING PRIMARY KEY, v INT)
          WITH (KAFKA_TOPIC='questions_windows', VALUE_FORMAT='JSON', PARTITIONS=1,
                WINDOW_TYPE='TUMBLING', WINDOW_SIZE='1 HOUR');""");

    assertThat(settings("questions_week")).containsEntry("retention.ms", "604800000");
    assertThat(settings("questions_week")).containsEntry("cleanup.policy", "delete");
    assertThat(settings("questions_year")).containsEntry("retention.ms", "31536000000");
    assertThat(settings("questions_windows")).containsEntry("cleanup.policy", "compact");
    assertThat(settings("questions_names"))
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKey("retention.ms");
  }

  @Test
  void refusesATopicThatIsThereWithAnotherLayout() throws Exception {
    server.run(
        """
        CREATE STREAM short_kept (k STRING KEY, v INT)
          WITH (KAFKA_TOPIC='questions_short', VALUE_FORMAT='JSON', PARTITIONS=2, RETENTION_MS=30000);
        CREATE STREAM short_copy WITH (KAFKA_TOPIC='questions_copy') AS SELECT * FROM short_kept;
        CREATE STREAM one_partition (k STRING KEY, v INT)
          WITH (KAFKA_TOPIC='questions_single', VALUE_FORMAT='JSON', PARTITIONS=1);""");
    String differs =
        "A Kafka topic with the name '%s' already exists, with different"
            + " partition/replica/retention configuration than required. KSQL expects %d partitions"
            + " (topic has %d), 1 replication factor (topic has 1), and %d retention (topic has %d).";

    // What is not asked of a sink's topic is as it is of its source's
    assertThat(settings("questions_copy")).containsEntry("retention.ms", "30000");
    assertThat(
            server.execute(
                "CREATE STREAM again (k STRING KEY, v INT) WITH (KAFKA_TOPIC='questions_short',"
                    + " VALUE_FORMAT='JSON', PARTITIONS=2, RETENTION_MS=50000);"))
        .extracting(HttpResponse::body)
        .asString()
        .contains(differs.formatted("questions_short", 2, 2, 50_000, 30_000));
    assertThat(
            server.execute(
                "CREATE STREAM again WITH (KAFKA_TOPIC='questions_single') AS"
                    + " SELECT * FROM short_kept;"))
        .extracting(HttpResponse::body)
        .asString()
        .contains(differs.formatted("questions_single", 2, 1, 30_000, 604_800_000));
    server.run(
        "CREATE STREAM again WITH (KAFKA_TOPIC='questions_single', PARTITIONS=1,"
            + " RETENTION_MS=604800000) AS SELECT * FROM short_kept;");
  }

  @Test
  void takesATopicThatTheSameRequestMakesAsTheBrokerWill() {
    server.run(
        """
        CREATE TABLE declared_sums (k STRING PRIMARY KEY, n BIGINT)
          WITH (KAFKA_TOPIC='questions_sums', VALUE_FORMAT='JSON', PARTITIONS=2);
        CREATE TABLE sums WITH (KAFKA_TOPIC='questions_sums') AS
          SELECT k, COUNT(*) AS n FROM two GROUP BY k;""");

    assertThat(server.run("SHOW TABLES;").toString()).contains("SUMS", "DECLARED_SUMS");
  }

  @Test
  void keepsTheTopicOfAWindowedTableAsLongAsItsWindows() throws Exception {
    server.run(
        "CREATE TABLE kept_windows AS SELECT k, COUNT(*) AS n FROM two"
            + " WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 30 DAYS) GROUP BY k;");

    assertThat(settings("KEPT_WINDOWS")).containsEntry("retention.ms", "2592000000");
  }

  /** What was set for the topic itself, by name. */
  private static Map<String, String> settings(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()))) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
          .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
          .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
  }

  @Test
  void assertsThatATopicIsThereOrIsNot() {
    JsonNode there =
        server.run("ASSERT TOPIC questions_two WITH (PARTITIONS=2, REPLICAS=1);").get(0);
    JsonNode absent =
        server.run("ASSERT NOT EXISTS TOPIC questions_nine TIMEOUT 1 SECONDS;").get(0);

    assertThat(there.get("@type").asText()).isEqualTo("assert_topic");
    assertThat(there.get("topicName").asText()).isEqualTo("questions_two");
    assertThat(there.get("exists").asBoolean()).isTrue();
    assertThat(absent.get("exists").asBoolean()).isFalse();
  }

  @Test
  void saysWhyAnAssertionDoesNotHold() {
    HttpResponse<String> missing =
        server.execute("ASSERT TOPIC questions_nine TIMEOUT 10 MILLISECONDS;");
    HttpResponse<String> others =
        server.execute("ASSERT TOPIC questions_two WITH (PARTITIONS=4) TIMEOUT 10 MILLISECONDS;");

    assertThat(missing.statusCode()).isEqualTo(417);
    assertThat(missing.body())
        .contains("\"error_code\":41700", "Topic questions_nine does not exist");
    assertThat(others.body())
        .contains(
            "Mismatched configuration for topic questions_two: For config partitions, expected 4"
                + " got 2");
    HttpResponse<String> unknown =
        server.execute("ASSERT TOPIC questions_two WITH (CLEANUP=1) TIMEOUT 10 MILLISECONDS;");
    assertThat(unknown.statusCode()).isEqualTo(417);
    assertThat(unknown.body()).contains("Cannot assert unknown topic property: CLEANUP");
    // Of a topic that is not there nothing else is looked at.
    server.run("ASSERT NOT EXISTS TOPIC questions_nine WITH (CLEANUP=1);");
  }

  @Test
  void explainsWhatAStatementWouldDo() {
    JsonNode select =
        server
            .run("EXPLAIN SELECT k, v FROM two WHERE v > 1 EMIT CHANGES;")
            .get(0)
            .get("queryDescription");
    JsonNode create =
        server
            .run("EXPLAIN CREATE STREAM large AS SELECT k, v FROM two WHERE v > 1;")
            .get(0)
            .get("queryDescription");

    assertThat(select.get("queryType").asText()).isEqualTo("PUSH");
    assertThat(select.get("statementText").asText())
        .isEqualTo("SELECT k, v FROM two WHERE v > 1 EMIT CHANGES;");
    assertThat(select.get("sources").toString()).isEqualTo("[\"TWO\"]");
    assertThat(select.get("executionPlan").asText())
        .isEqualTo(
            " > [ PROJECT ] | Schema: K STRING KEY, K STRING, V INTEGER"
                + " | Logger: transient_TWO.Project\n"
                + "\t\t > [ FILTER ] | Schema: K STRING KEY, V INTEGER, ROWTIME BIGINT,"
                + " ROWPARTITION INTEGER, ROWOFFSET BIGINT, K STRING"
                + " | Logger: transient_TWO.WhereFilter\n"
                + "\t\t\t\t > [ SOURCE ] | Schema: K STRING KEY, V INTEGER, ROWTIME BIGINT,"
                + " ROWPARTITION INTEGER, ROWOFFSET BIGINT, K STRING"
                + " | Logger: transient_TWO.KsqlTopic.Source\n");
    assertThat(select.get("fields").findValuesAsText("name")).containsExactly("K", "V");
    assertThat(create.get("queryType").asText()).isEqualTo("PERSISTENT");
    assertThat(create.get("sources").toString()).isEqualTo("[\"TWO\"]");
    assertThat(create.get("sinks").toString()).isEqualTo("[\"LARGE\"]");
    assertThat(server.run("SHOW STREAMS;").toString()).doesNotContain("LARGE");
  }

  @Test
  void explainsAPullQueryAsThePushQueryThatItWouldBe() {
    String select = "SELECT k, name FROM names WHERE k = 'a'";

    JsonNode pull = server.run("EXPLAIN " + select + ";").at("/0/queryDescription");
    JsonNode push = server.run("EXPLAIN " + select + " EMIT CHANGES;").at("/0/queryDescription");

    for (String same : List.of("fields", "sources", "executionPlan", "queryType")) {
      assertThat(pull.get(same)).as(same).isEqualTo(push.get(same));
    }
  }

  @Test
  void explainsTheStepsOfAnAggregationAndOfAJoin() {
    String groups =
        planOf(
            "CREATE TABLE counted AS SELECT k, COUNT(*) AS n, SUM(v) AS s FROM two"
                + " WINDOW TUMBLING (SIZE 10 SECONDS) GROUP BY k HAVING COUNT(*) > 1;");
    String needed = "K STRING, ROWTIME BIGINT, V INTEGER";
    String groupsRow =
        "K STRING KEY, "
            + needed
            + ", KSQL_AGG_VARIABLE_0 BIGINT, KSQL_AGG_VARIABLE_1 INTEGER, WINDOWSTART BIGINT,"
            + " WINDOWEND BIGINT";
    String row =
        "K STRING KEY, V INTEGER, ROWTIME BIGINT, ROWPARTITION INTEGER, ROWOFFSET BIGINT, K STRING";

    assertThat(groups.lines())
        .containsExactly(
            " > [ SINK ] | Schema: K STRING KEY, N BIGINT, S INTEGER"
                + " | Logger: CTAS_COUNTED_0.COUNTED",
            "\t\t > [ PROJECT ] | Schema: K STRING KEY, N BIGINT, S INTEGER"
                + " | Logger: CTAS_COUNTED_0.Aggregate.Project",
            "\t\t\t\t > [ FILTER ] | Schema: "
                + groupsRow
                + " | Logger: CTAS_COUNTED_0.Aggregate.HavingFilter",
            "\t\t\t\t\t\t > [ AGGREGATE ] | Schema: "
                + groupsRow
                + " | Logger: CTAS_COUNTED_0.Aggregate.Aggregate",
            "\t\t\t\t\t\t\t\t > [ GROUP_BY ] | Schema: K STRING KEY, "
                + needed
                + " | Logger: CTAS_COUNTED_0.Aggregate.GroupBy",
            "\t\t\t\t\t\t\t\t\t\t > [ PROJECT ] | Schema: K STRING KEY, "
                + needed
                + " | Logger: CTAS_COUNTED_0.Aggregate.Prepare",
            "\t\t\t\t\t\t\t\t\t\t\t\t > [ SOURCE ] | Schema: "
                + row
                + " | Logger: CTAS_COUNTED_0.KsqlTopic.Source");
    assertThat(
            planOf(
                "CREATE STREAM named AS SELECT a.k, a.w, b.name FROM three a"
                    + " LEFT JOIN names b ON a.k = b.k;"))
        .contains(
            "\t\t\t\t > [ JOIN ] | Schema: A_K STRING KEY, A_W INTEGER, A_ROWTIME BIGINT,",
            "\t\t\t\t\t\t > [ PROJECT ] | Schema: K STRING KEY, A_W INTEGER, A_ROWTIME BIGINT,",
            ".PrependAliasLeft\n",
            "\t\t\t\t\t\t\t\t > [ SOURCE ] | Schema: K STRING KEY, NAME STRING, ROWTIME BIGINT,",
            ".KafkaTopic_Right.Source\n");
  }

  private String planOf(String sql) {
    return server.run("EXPLAIN " + sql).at("/0/queryDescription/executionPlan").asText();
  }

  @Test
  void explainsARunningQueryByItsId() {
    String id =
        server
            .run("CREATE STREAM small AS SELECT k, v FROM two WHERE v < 1;")
            .get(0)
            .at("/commandStatus/queryId")
            .asText();

    JsonNode explained = server.run("EXPLAIN " + id + ";").get(0).get("queryDescription");

    assertThat(explained.get("id").asText()).isEqualTo(id);
    assertThat(explained.get("statementText").asText()).startsWith("CREATE STREAM SMALL");
    assertThat(explained.get("topology").asText()).contains("Sub-topology: 0", "questions_two");
    assertThat(explained.get("queryErrors")).isEmpty();
    assertThat(server.execute("EXPLAIN nosuch;").body())
        .contains("Query with id:NOSUCH does not exist, use SHOW QUERIES to view the full set");
  }

  @Test
  void putsVariablesOfTheSessionIn() {
    HttpResponse<String> answer =
        server.post(
            "/ksql",
            TestServer.KSQL_V1,
            """
            {"ksql":"SHOW VARIABLES; DESCRIBE ${source};","sessionVariables":{"source":"two"}}""");

    JsonNode entities = TestServer.parse(answer.body());
    assertThat(entities.at("/0/variables/0/value").asText()).isEqualTo("two");
    assertThat(entities.at("/1/sourceDescription/name").asText()).isEqualTo("TWO");
  }
}
