package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestCluster.class)
class RestartTest {

  private static final String NEWER_COMMAND =
      "{\"statement\":\"CREATE STREAM NEW (V INT) WITH (KAFKA_TOPIC='newer');\",\"version\":99}";

  @TempDir Path state;

  @Test
  void goesOnAfterARestartWhereItStopped() {
    try (TestServer server = TestServer.start("restart_", state)) {
      // Given a query that has counted two rows, one that was ended, and one that is paused
      server.run(
          """
          CREATE STREAM rows_in (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='restart_rows', VALUE_FORMAT='JSON', PARTITIONS=1);
          CREATE TYPE point AS STRUCT<x INT, y INT>;
          CREATE TABLE counts AS SELECT k, COUNT(*) AS n FROM rows_in GROUP BY k;
          CREATE STREAM ended AS SELECT * FROM rows_in;
          CREATE STREAM waiting AS SELECT * FROM rows_in;
          INSERT INTO rows_in VALUES ('a', 1);
          INSERT INTO rows_in VALUES ('a', 2);""");
      server.run("DROP STREAM ended;");
      String waiting = queryId(server, "CSAS_WAITING");
      server.run("PAUSE " + waiting + ";");
      String counting = queryId(server, "CTAS_COUNTS");
      awaitCount(server, 2);

      // When the server is restarted and more rows come
      server.restart();
      server.run("INSERT INTO rows_in VALUES ('a', 3);");

      // Then the count goes on under the same id, and what was ended or paused still is
      awaitCount(server, 3);
      assertThat(queryId(server, "CTAS_COUNTS")).isEqualTo(counting);
      JsonNode queries = server.run("SHOW QUERIES;").get(0).get("queries");
      assertThat(queries).hasSize(2);
      assertThat(queries.toString())
          .contains("\"id\":\"" + waiting + "\",\"statusCount\":{\"PAUSED\":1}");
      assertThat(server.run("SHOW TYPES;").toString()).contains("POINT");
      assertThat(server.run("SHOW STREAMS;").toString()).doesNotContain("ENDED");
    }
  }

  @Test
  void keepsAnIdThatAStatementChose() {
    try (TestServer server = TestServer.start("chosen_", state)) {
      server.run(
          """
          CREATE STREAM chosen_in (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='chosen_rows', VALUE_FORMAT='JSON', PARTITIONS=1);
          CREATE STREAM chosen_out AS SELECT * FROM chosen_in;
          INSERT INTO chosen_out WITH (QUERY_ID='copied') SELECT * FROM chosen_in;""");
      assertThat(queryId(server, "COPIED")).isEqualTo("COPIED");

      server.restart();

      assertThat(queryId(server, "COPIED")).isEqualTo("COPIED");
    }
  }

  @Test
  void keepsWhatItAcceptedThoughTheTopicsWereAlteredOrDeletedSince() throws Exception {
    try (TestServer server = TestServer.start("altered_", state)) {
      // Given streams over topics that fit them
      server.run(
          """
          CREATE STREAM altered_in (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='altered_rows', VALUE_FORMAT='JSON', PARTITIONS=1, RETENTION_MS=9000);
          CREATE STREAM same_rows (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='altered_rows', VALUE_FORMAT='JSON');
          CREATE STREAM gone (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='altered_gone', VALUE_FORMAT='JSON', PARTITIONS=1);
          CREATE STREAM also_gone (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='altered_gone', VALUE_FORMAT='JSON');
          CREATE STREAM altered_copy WITH (PARTITIONS=1) AS SELECT * FROM altered_in;""");
      server.stop();

      // When an operator gives them other partitions and another retention, or deletes one
      try (Admin admin =
          Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()))) {
        admin
            .createPartitions(
                Map.of(
                    "altered_rows", NewPartitions.increaseTo(2),
                    "ALTERED_COPY", NewPartitions.increaseTo(3)))
            .all()
            .get();
        admin
            .incrementalAlterConfigs(
                Map.of(
                    new ConfigResource(ConfigResource.Type.TOPIC, "altered_rows"),
                    List.of(
                        new AlterConfigOp(
                            new ConfigEntry("retention.ms", "3600000"), AlterConfigOp.OpType.SET))))
            .all()
            .get();
        admin.deleteTopics(List.of("altered_gone")).all().get();
      }
      server.startAgain();

      // Then everything is there as before, and the query works
      assertThat(server.run("SHOW STREAMS;").toString())
          .contains("ALTERED_IN", "SAME_ROWS", "\"GONE\"", "ALSO_GONE", "ALTERED_COPY");
      assertThat(queryId(server, "CSAS_ALTERED_COPY")).isNotEmpty();
      server.run("INSERT INTO altered_in VALUES ('a', 1);");
      assertThat(server.firstRows("SELECT k, v FROM altered_copy EMIT CHANGES;", 1))
          .containsExactly("[\"a\",1]");
    }
  }

  @Test
  void leavesOutCommandsThatItCannotReadAndTellsThem() throws Exception {
    try (TestServer server = TestServer.start("newer_", state)) {
      server.run(
          "CREATE STREAM kept (v INT) WITH (KAFKA_TOPIC='newer', VALUE_FORMAT='JSON', PARTITIONS=1);");
      server.stop();
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", TestCluster.bootstrapServers()),
              new StringSerializer(),
              new StringSerializer())) {
        String topic = "_confluent-ksql-newer__command_topic";
        producer
            .send(new ProducerRecord<>(topic, 0, "\"stream/`NEW`/create\"", NEWER_COMMAND))
            .get();
        producer.send(new ProducerRecord<>(topic, 0, "\"stream/`ODD`/create\"", "odd")).get();
      }

      server.startAgain();

      assertThat(server.get("/status/stream/%60NEW%60/create").body())
          .contains("\"status\":\"ERROR\"", "was written by a newer version of the engine");
      assertThat(server.get("/status/stream/%60ODD%60/create").body())
          .contains("\"status\":\"ERROR\"", "is no command in JSON");
      assertThat(server.run("SHOW STREAMS;").toString()).contains("KEPT").doesNotContain("NEW\"");
      assertThat(server.get("/healthcheck").body()).startsWith("{\"isHealthy\":true");
    }
  }

  private static String queryId(TestServer server, String prefix) {
    for (JsonNode query : server.run("SHOW QUERIES;").get(0).get("queries")) {
      if (query.get("id").asText().startsWith(prefix)) {
        return query.get("id").asText();
      }
    }
    throw new AssertionError("No query " + prefix);
  }

  private static void awaitCount(TestServer server, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .untilAsserted(
            () ->
                assertThat(server.rows("SELECT n FROM counts WHERE k = 'a';"))
                    .containsExactly("[" + count + "]"));
  }
}
