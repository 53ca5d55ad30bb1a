package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a server allows and refuses, where that takes a broker or settings to see. */
@ExtendWith(TestCluster.class)
class WhatTheServerAllowsTest {

  @TempDir private Path state;

  @Test
  void startsNoMoreQueriesThanAllowedButReplacesThem() {
    try (TestServer server =
        TestServer.start("limited_", state, Map.of("ksql.query.persistent.active.limit", "1"))) {
      server.run(
          "CREATE STREAM s (k VARCHAR KEY, v INT)"
              + " WITH (KAFKA_TOPIC='limited_s', VALUE_FORMAT='JSON', PARTITIONS=1);");
      server.run("CREATE STREAM first_ AS SELECT * FROM s;");

      HttpResponse<String> refused = server.execute("CREATE STREAM second_ AS SELECT * FROM s;");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body())
          .contains("Current persistent query count: 1. Configured limit: 1.");

      JsonNode answer =
          server.run("CREATE OR REPLACE STREAM first_ AS SELECT * FROM s WHERE v > 1;");
      assertThat(answer.get(0).at("/commandStatus/status").asText()).isEqualTo("SUCCESS");
    }
  }

  @Test
  void letsClientsSetNoPropertyThatItKeepsToItself() {
    String denied =
        "One or more properties overrides set locally are prohibited by the KSQL server (use UNSET"
            + " to reset their default value): [";
    Map<String, String> settings =
        Map.of("ksql.properties.overrides.denylist", "ksql.streams.num.stream.threads, acks");
    try (TestServer server = TestServer.start("denied_", state, settings)) {
      HttpResponse<String> set = server.execute("SET 'acks'='1'; SHOW STREAMS;");
      HttpResponse<String> sent =
          server.post(
              "/ksql",
              TestServer.KSQL_V1,
              "{\"ksql\":\"SHOW STREAMS;\",\"streamsProperties\":"
                  + "{\"num.stream.threads\":\"2\",\"acks\":\"1\"}}");

      assertThat(set.statusCode()).isEqualTo(400);
      assertThat(set.body()).contains("\"error_code\":40000", denied + "acks]");
      assertThat(sent.body())
          .contains("\"@type\":\"generic_error\"", denied + "acks, num.stream.threads]");
      assertThat(server.get("/is_valid_property/acks").body()).contains(denied + "acks]");
      assertThat(server.get("/is_valid_property/auto.offset.reset").body()).isEqualTo("true");
    }
  }

  @Test
  void waitsForFormerStatementsAndForTopicsAsLongAsItIsTold() {
    Map<String, String> settings =
        Map.of(
            "ksql.server.command.response.timeout.ms", "50",
            "ksql.assert.topic.default.timeout.ms", "0");
    try (TestServer server = TestServer.start("waits_", state, settings)) {
      HttpResponse<String> late =
          server.post(
              "/ksql",
              TestServer.KSQL_V1,
              "{\"ksql\":\"SHOW STREAMS;\",\"commandSequenceNumber\":100}");

      assertThat(late.body()).contains("command sequence number: 100, timeout: 50 ms");
      assertThat(server.execute("ASSERT TOPIC waits_none;").statusCode()).isEqualTo(417);
    }
  }

  @Test
  void leavesAQueryAsItIsWhoseReplacementIsRefused() {
    try (TestServer server = TestServer.start("upgrades_", state)) {
      server.run(
          "CREATE STREAM s (k VARCHAR KEY, v INT)"
              + " WITH (KAFKA_TOPIC='upgrades_s', VALUE_FORMAT='JSON', PARTITIONS=1);");
      server.run("CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;");

      HttpResponse<String> refused =
          server.execute(
              "CREATE OR REPLACE TABLE t AS SELECT k, COUNT(*) AS n, SUM(v) AS m FROM s GROUP BY k;");

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("Query is not upgradeable.");
      assertThat(server.run("DESCRIBE t;").toString()).doesNotContain("\"M\"");
    }
  }

  @Test
  void looksAtASourceTableWithoutAQuery() {
    try (TestServer server = TestServer.start("sources_", state)) {
      server.run(
          """
          CREATE TABLE written (k VARCHAR PRIMARY KEY, v INT)
            WITH (KAFKA_TOPIC='sources_t', VALUE_FORMAT='JSON', PARTITIONS=3);
          CREATE SOURCE TABLE looked_at (k VARCHAR PRIMARY KEY, v INT)
            WITH (KAFKA_TOPIC='sources_t', VALUE_FORMAT='JSON');
          INSERT INTO written VALUES ('a', 1);
          INSERT INTO written VALUES ('b', 2);
          INSERT INTO written VALUES ('a', 3);""");

      assertThat(server.rows("SELECT * FROM looked_at WHERE k = 'a';"))
          .containsExactly("[\"a\",3]");
      assertThat(server.rows("SELECT v FROM looked_at;")).containsExactlyInAnyOrder("[3]", "[2]");
      assertThat(server.run("SHOW QUERIES;").get(0).get("queries")).isEmpty();
    }
  }

  @Test
  void dropsWhatTerminateAllBeforeItInTheSameRequestSetsFree() {
    try (TestServer server = TestServer.start("freed_", state)) {
      server.run(
          """
          CREATE STREAM s (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='freed_s', VALUE_FORMAT='JSON', PARTITIONS=1);
          CREATE STREAM copied (k VARCHAR KEY, v INT)
            WITH (KAFKA_TOPIC='freed_copied', VALUE_FORMAT='JSON', PARTITIONS=1);
          INSERT INTO copied SELECT * FROM s;""");

      server.run("TERMINATE ALL; DROP STREAM copied;");

      assertThat(server.run("SHOW QUERIES;").get(0).get("queries")).isEmpty();
      assertThat(server.run("SHOW STREAMS;").toString()).doesNotContain("COPIED");
    }
  }
}
