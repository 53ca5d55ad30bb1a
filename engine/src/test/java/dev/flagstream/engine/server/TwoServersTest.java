package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of one service, which share the command topic and take turns at writing it. */
@ExtendWith(TestCluster.class)
class TwoServersTest {

  @TempDir Path one;
  @TempDir Path other;

  @Test
  void takeTurnsAtStatementsAndBothCarryOutAll() {
    try (TestServer first = TestServer.start("two_servers_", one);
        TestServer second = TestServer.start("two_servers_", other)) {
      // Each statement after the first finds that the other server has written since its own last.
      first.run(stream("a"));
      second.run(stream("b"));
      first.run(stream("c"));
      second.run(stream("d"));
      first.run(stream("e"));

      for (TestServer server : new TestServer[] {first, second}) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(server.run("SHOW STREAMS;").toString())
                        .contains("\"A\"", "\"B\"", "\"C\"", "\"D\"", "\"E\""));
      }
    }
  }

  @Test
  void refuseWhatTheOtherHasAlreadyMade() {
    try (TestServer first = TestServer.start("two_refusing_", one);
        TestServer second = TestServer.start("two_refusing_", other)) {
      first.run(stream("mine"));
      second.run(stream("theirs"));

      HttpResponse<String> answer = first.execute(stream("theirs"));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("A stream with the same name already exists");
    }
  }

  private static String stream(String name) {
    return "CREATE STREAM %s (v INT) WITH (KAFKA_TOPIC='two_servers_%s', PARTITIONS=1, VALUE_FORMAT='JSON');"
        .formatted(name, name);
  }
}
