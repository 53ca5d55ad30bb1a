package dev.flagstream.local.command.elsewhere;

import dev.flagstream.generator.producer.KafkaSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that look at a Kafka cluster which may be elsewhere. */
public final class KafkaElsewhereOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "A Kafka cluster elsewhere. Default: on this machine, at --kafka-port.")
  private String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's clients, such as security.protocol=SASL_SSL, for a cluster that"
              + " asks for a login; its bootstrap.servers counts where --bootstrap-servers is not"
              + " given.")
  private Path kafkaConfig;

  /**
   * How to reach the cluster; empty if it is on this machine.
   *
   * @throws dev.flagstream.generator.producer.KafkaAccessException if the file cannot be read
   */
  public Optional<KafkaSettings> kafka() {
    return bootstrapServers == null && kafkaConfig == null
        ? Optional.empty()
        : Optional.of(
            KafkaSettings.of(
                Optional.ofNullable(kafkaConfig), Optional.ofNullable(bootstrapServers)));
  }
}
