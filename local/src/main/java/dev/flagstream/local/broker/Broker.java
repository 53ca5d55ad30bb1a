package dev.flagstream.local.broker;

import dev.flagstream.local.component.Component;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.metadata.storage.Formatter;

/** A one-node Kafka cluster in this process, with its log under the data directory. */
public final class Broker implements Component {

  private final KafkaNode node;
  private final String bootstrapServers;
  private boolean closed;

  private Broker(KafkaNode node, String bootstrapServers) {
    this.node = node;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Formats the log directory on the first start, then starts; returns when clients may connect.
   */
  public static Broker start(StackSettings settings) {
    return start(settings, Map.of());
  }

  /**
   * The same with some properties of its own.
   *
   * @param overrides win over the stack's
   */
  public static Broker start(StackSettings settings, Map<String, String> overrides) {
    Map<String, String> properties = ComponentProperties.broker(settings, FreePorts.pickOne());
    properties.putAll(overrides);
    format(Path.of(properties.get("log.dirs")), properties);
    KafkaNode node = new KafkaNode(new KafkaConfig(properties));
    node.startup();
    return new Broker(node, settings.bootstrapServers());
  }

  private static void format(Path logDirectory, Map<String, String> properties) {
    // The formatter refuses a directory of another cluster id even when told to ignore it.
    if (Files.exists(logDirectory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(logDirectory);
      new Formatter()
          .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(Integer.parseInt(properties.get("node.id")))
          .setControllerListenerName(properties.get("controller.listener.names"))
          .setMetadataLogDirectory(logDirectory.toString())
          .setDirectories(List.of(logDirectory.toString()))
          .run();
    } catch (Exception e) { // what Formatter.run declares
      throw new IllegalStateException("Cannot prepare the broker's log in " + logDirectory, e);
    }
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** For tests: what keeps the committed offsets. */
  GroupCoordinator groupCoordinator() {
    return node.groupCoordinator();
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    node.shutdown();
  }
}
