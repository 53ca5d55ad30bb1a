package dev.flagstream.generator;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which Kafka to write to, and how. */
final class KafkaOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Kafka brokers to start from, separated by commas; wins over --config. Default: "
              + KafkaSettings.DEFAULT_BOOTSTRAP_SERVERS
              + ".")
  private String bootstrapServers;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = TransactionTopic.DEFAULT_NAME,
      description =
          "Topic to write to, created with 4 partitions if it is missing. Default:"
              + " ${DEFAULT-VALUE}.")
  private String topic;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with any Kafka client settings, such as security.protocol=SASL_SSL.")
  private Path config;

  String topic() {
    return topic;
  }

  KafkaSettings settings() {
    return KafkaSettings.of(Optional.ofNullable(config), Optional.ofNullable(bootstrapServers));
  }
}
