package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent that the containers' JVMs load, in a broker's process, with the rules that it reads.
 */
class MetricsAgentTest {

  @Test
  void servesTheBrokersMetricsByTheNamesThatTheLocalStackGivesThem(@TempDir Path folder)
      throws Exception {
    Ports ports = FreePorts.pick();
    // One that the broker has no use for.
    int port = ports.mongo();
    String agent =
        "-javaagent:target/jmx/jmx_prometheus_javaagent.jar=127.0.0.1:%d:../monitoring/jmx.yml"
            .formatted(port);
    try (ChildProcess broker =
        ChildProcess.start(
            folder.resolve("said"),
            agent,
            "broker",
            "--home=..",
            "--data=" + folder.resolve("data"),
            "--kafka-port=" + ports.kafka())) {
      broker.awaitSaid("runs at");

      // The broker registers some of its MBeans only when it is at work.
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(metrics(port))
                      .contains("kafka_offline_partitions 0.0", "kafka_partitions 0.0")
                      .contains("kafka_under_replicated_partitions 0.0")
                      .anyMatch(line -> line.startsWith("kafka_request_handler_idle_ratio "))
                      .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
                      .anyMatch(line -> line.startsWith("jvm_gc_collection_seconds_sum{gc=\""))
                      .anyMatch(line -> line.startsWith("process_cpu_seconds_total ")));
    }
  }

  private static List<String> metrics(int port) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body()
        .lines()
        .toList();
  }
}
