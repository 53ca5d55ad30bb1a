package dev.flagstream.engine.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real one-node Kafka cluster in this JVM, on free ports, its log in a temporary directory. */
public final class TestBroker implements AutoCloseable {

  private final Path directory;
  private final String bootstrapServers;
  private final KafkaRaftServer server;

  private TestBroker(Path directory, String bootstrapServers, KafkaRaftServer server) {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.server = server;
  }

  /** Starts a cluster; returns when clients may connect. */
  public static TestBroker start() {
    try {
      Path directory = Files.createTempDirectory("test-broker");
      String bootstrapServers = "127.0.0.1:" + freePort();
      Map<String, Object> properties = properties(directory, bootstrapServers, freePort());
      new Formatter()
          .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(List.of(directory.toString()))
          .run();
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
      server.startup();
      return new TestBroker(directory, bootstrapServers, server);
    } catch (Exception e) { // what Formatter.run declares
      throw new IllegalStateException("Cannot start a test broker", e);
    }
  }

  private static Map<String, Object> properties(
      Path directory, String bootstrapServers, int controllerPort) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.put(
        "listeners",
        "PLAINTEXT://" + bootstrapServers + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("log.dirs", directory.toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("auto.create.topics.enable", "false");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    // Events of tests are years old; the broker must not clear them away while a test runs.
    properties.put("log.retention.check.interval.ms", "3600000");
    properties.put("log.initial.task.delay.ms", "3600000");
    // Topics of windows are both compacted and cleared, which is the cleaner's work.
    properties.put("log.cleaner.backoff.ms", "3600000");
    return properties;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port", e);
    }
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }
}
