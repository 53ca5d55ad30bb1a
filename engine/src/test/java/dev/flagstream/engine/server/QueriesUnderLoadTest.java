package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements about queries while records keep coming: what was sent counts once, whatever comes.
 */
@ExtendWith(TestCluster.class)
class QueriesUnderLoadTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITIONS = 3;

  @TempDir static Path state;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("load_", state);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sends numbers, 0 and up, each under a key of its own, until it is closed. */
  private static final class Load implements AutoCloseable {
    private final String topic;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean closing;
    private final CompletableFuture<Void> sending;

    Load(String topic) {
      this.topic = topic;
      this.sending = CompletableFuture.runAsync(this::send);
    }

    private void send() {
      Map<String, Object> connection =
          Map.of("bootstrap.servers", TestCluster.bootstrapServers(), "linger.ms", "20");
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
        while (!closing) {
          for (int i = 0; i < 10; i++) {
            String number = Integer.toString(sent.getAndIncrement());
            Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, number, "{\"N\":" + number + "}"));
          }
          producer.flush();
        }
      }
    }

    /** Waits until some more records are sent. */
    void more() {
      int before = sent.get();
      await().atMost(PATIENCE).until(() -> sent.get() > before + 200);
    }

    /** Sends no more; all that was sent is in the topic then. */
    int end() {
      closing = true;
      sending.join();
      return sent.get();
    }

    @Override
    public void close() {
      end();
    }
  }

  private static void createSource(String name) {
    server.run(
        "CREATE STREAM %s (k STRING KEY, n INT) WITH (KAFKA_TOPIC='%s', PARTITIONS=%d, VALUE_FORMAT='JSON');"
            .formatted(name, name, PARTITIONS));
  }

  private static String created(String sql) {
    JsonNode answer = server.run(sql).get(0);
    return answer.at("/commandStatus/queryId").asText();
  }

  private static void awaitEachOnce(String stream, int numbers) {
    List<String> all = IntStream.range(0, numbers).mapToObj(n -> "[" + n + "]").toList();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> server.rows("SELECT n FROM " + stream + ";").size() >= numbers);
    assertThat(server.rows("SELECT n FROM " + stream + ";"))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aQueryThatIsPausedAndResumedTakesEachRecordOnce() {
    createSource("paused_source");
    String id = created("CREATE STREAM paused_sink AS SELECT k, n FROM paused_source;");
    int sent;
    try (Load load = new Load("paused_source")) {
      for (int i = 0; i < 3; i++) {
        load.more();
        server.run("PAUSE " + id + ";");
        load.more();
        server.run("RESUME " + id + ";");
      }
      sent = load.end();
    }

    awaitEachOnce("paused_sink", sent);
  }

  @Test
  void aQueryThatIsReplacedTakesEachRecordOnce() {
    createSource("replaced_source");
    created("CREATE STREAM replaced_sink AS SELECT k, n FROM replaced_source WHERE n >= 0;");
    int sent;
    try (Load load = new Load("replaced_source")) {
      for (int least = -1; least > -3; least--) {
        load.more();
        created(
            "CREATE OR REPLACE STREAM replaced_sink AS SELECT k, n FROM replaced_source WHERE n >= %d;"
                .formatted(least));
      }
      load.more();
      sent = load.end();
    }

    awaitEachOnce("replaced_sink", sent);
  }

  @Test
  void whatIsTerminatedAndDroppedIsGoneAndCanBeMadeAnew() {
    createSource("dropped_source");
    String id = created("CREATE STREAM dropped_sink AS SELECT k, n FROM dropped_source;");
    created("CREATE TABLE dropped_count AS SELECT k, COUNT(*) AS c FROM dropped_sink GROUP BY k;");
    int sent;
    try (Load load = new Load("dropped_source")) {
      load.more();
      assertThat(server.execute("DROP STREAM dropped_sink;").body())
          .contains("The following streams and/or tables read from this source: [DROPPED_COUNT]");
      server.run("DROP TABLE dropped_count DELETE TOPIC;");
      server.run("TERMINATE " + id + ";");
      server.run("DROP STREAM dropped_sink DELETE TOPIC;");
      load.more();

      assertThat(server.run("SHOW QUERIES;").toString()).doesNotContain("DROPPED_");
      assertThat(server.run("SHOW TOPICS;").toString()).doesNotContain("DROPPED_");
      assertThat(server.get("/healthcheck").body()).startsWith("{\"isHealthy\":true");
      created("CREATE STREAM dropped_sink AS SELECT k, n FROM dropped_source;");
      sent = load.end();
    }

    awaitEachOnce("dropped_sink", sent);
  }
}
