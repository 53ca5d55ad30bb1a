package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statements that take longer than their client is made to wait, as where models are fetched. */
@ExtendWith(TestCluster.class)
class QueuedCommandsTest {

  private static final int STATEMENTS = 20;

  @Test
  void haveAStatusFromTheAnswerOn(@TempDir Path state) throws Exception {
    try (TestServer server =
        TestServer.start(
            "queued_", state, Map.of("ksql.server.command.response.timeout.ms", "0"))) {
      List<String> states = new ArrayList<>();
      for (int i = 0; i < STATEMENTS; i++) {
        JsonNode answer =
            server
                .run(
                    "CREATE STREAM s%d (id BIGINT KEY) WITH (KAFKA_TOPIC='queued', PARTITIONS=1, VALUE_FORMAT='JSON');"
                        .formatted(i))
                .get(0);
        HttpResponse<String> status = server.get("/status/stream/%60S" + i + "%60/create");

        assertThat(status.statusCode()).as(status.body()).isEqualTo(200);
        states.add(answer.path("commandStatus").path("status").asText());
      }
      assertThat(states).as("some were not waited for").contains("QUEUED");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(
                          new ObjectMapper()
                              .readTree(
                                  server
                                      .get("/status/stream/%60S" + (STATEMENTS - 1) + "%60/create")
                                      .body())
                              .path("status")
                              .asText())
                      .isEqualTo("SUCCESS"));
    }
  }
}
