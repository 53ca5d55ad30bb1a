package dev.flagstream.generator.option;

import dev.flagstream.generator.producer.KafkaSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which Kafka to use, and how to reach it. */
public final class BrokerOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Kafka brokers to start from, separated by commas; wins over --config. Default: "
              + KafkaSettings.DEFAULT_BOOTSTRAP_SERVERS
              + ".")
  private String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with any Kafka client settings, such as security.protocol=SASL_SSL.")
  private Path config;

  /** The settings of clients of that Kafka. */
  public KafkaSettings settings() {
    return KafkaSettings.of(Optional.ofNullable(config), Optional.ofNullable(bootstrapServers));
  }
}
