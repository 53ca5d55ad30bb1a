package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service that {@code /ksql/terminate} ends. */
@ExtendWith(TestCluster.class)
class ClusterEndTest {

  private static final String OVER =
      "The cluster has been terminated. No new request will be accepted.";

  @TempDir Path state;

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  private static HttpResponse<String> end(TestServer server, String body) {
    return server.post("/ksql/terminate", TestServer.KSQL_V1, body);
  }

  private static void makeQueries(TestServer server, String prefix) {
    server.run(
        """
        CREATE STREAM rows_in (k STRING KEY, v INT)
          WITH (KAFKA_TOPIC='%1$s_rows', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE TABLE counts WITH (KAFKA_TOPIC='%1$s_counts') AS
          SELECT k, COUNT(*) AS n FROM rows_in GROUP BY k;
        CREATE STREAM copies WITH (KAFKA_TOPIC='%1$s_copies') AS SELECT * FROM rows_in;"""
            .formatted(prefix));
  }

  @Test
  void leavesNothingOfItsQueriesButTopicsThatWereNotNamed() throws Exception {
    try (TestServer server = TestServer.start("over_", state)) {
      makeQueries(server, "over");

      HttpResponse<String> answer =
          end(server, "{\"deleteTopicList\":[\"over_copies\",\"over_r.*\",\"counts\"]}");

      JsonNode entity = TestServer.parse(answer.body()).get(0);
      assertThat(entity.get("@type").asText()).isEqualTo("currentStatus");
      assertThat(entity.get("statementText").asText()).isEqualTo("TERMINATE CLUSTER;");
      assertThat(entity.at("/commandStatus/status").asText()).isEqualTo("SUCCESS");
      // The topic of a declared stream is nobody's to delete; a name stands for a whole name.
      assertThat(topics())
          .contains("over_rows", "over_counts")
          .doesNotContain("over_copies")
          .noneMatch(topic -> topic.startsWith("_confluent-ksql-over_"));
      HttpResponse<String> refused = server.execute("SHOW STREAMS;");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains(OVER);
      assertThat(server.post("/query", TestServer.KSQL_V1, TestServer.body("ksql", "x;")).body())
          .contains(OVER);
      assertThat(end(server, "{}").body()).contains(OVER);

      server.restart();

      assertThat(server.run("SHOW STREAMS;").get(0).get("streams")).isEmpty();
    }
  }

  @Test
  void refusesPatternsThatAreNone() {
    try (TestServer server = TestServer.start("pattern_", state)) {
      HttpResponse<String> answer = end(server, "{\"deleteTopicList\":[\"(\"]}");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("Invalid pattern: (");
      assertThat(end(server, "{\"deleteTopicList\":1}").body()).contains("Invalid JSON in request");
      assertThat(server.execute("SHOW STREAMS;").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isNotAskedForByTheEndOfAQueryOfThatName() {
    try (TestServer server = TestServer.start("named_", state)) {
      makeQueries(server, "named");
      server.run(
          """
          INSERT INTO copies WITH (QUERY_ID='cluster') SELECT * FROM rows_in;
          TERMINATE CLUSTER;""");

      assertThat(server.run("SHOW QUERIES;").get(0).get("queries")).hasSize(2);
      server.restart();
      assertThat(server.run("SHOW QUERIES;").get(0).get("queries")).hasSize(2);
    }
  }

  @Test
  void isEndedByTheNextStartIfTheServerStoppedBefore() throws Exception {
    try (TestServer server = TestServer.start("halfway_", state)) {
      makeQueries(server, "halfway");
      server.stop();
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", TestCluster.bootstrapServers()),
              new StringSerializer(),
              new StringSerializer())) {
        producer
            .send(
                new ProducerRecord<>(
                    "_confluent-ksql-halfway__command_topic",
                    0,
                    "\"cluster/TerminateCluster/terminate\"",
                    """
                    {"statement":"TERMINATE CLUSTER;","version":1,
                     "streamsProperties":{"deleteTopicList":"[\\"halfway_c.*\\"]"}}"""))
            .get();
      }

      server.startAgain();

      assertThat(server.execute("SHOW STREAMS;").body()).contains(OVER);
      assertThat(topics())
          .contains("halfway_rows")
          .doesNotContain("halfway_counts", "halfway_copies")
          .noneMatch(topic -> topic.startsWith("_confluent-ksql-halfway_"));
    }
  }
}
