package dev.flagstream.generator;

import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import java.nio.file.Path;
import java.util.Map;
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
          "Topic for the transactions; it and the next two are created with 4 partitions if they"
              + " are missing. Default: ${DEFAULT-VALUE}.")
  private String topic;

  @Option(
      names = "--labels-topic",
      paramLabel = "NAME",
      defaultValue = TransactionTopic.DEFAULT_LABELS_NAME,
      description = "Topic for the labels. Default: ${DEFAULT-VALUE}.")
  private String labelsTopic;

  @Option(
      names = "--truth-topic",
      paramLabel = "NAME",
      defaultValue = TransactionTopic.DEFAULT_TRUTH_NAME,
      description = "Topic for the truth. Default: ${DEFAULT-VALUE}.")
  private String truthTopic;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with any Kafka client settings, such as security.protocol=SASL_SSL.")
  private Path config;

  String topic() {
    return topic;
  }

  /** Where each stream goes. */
  Map<FeedStream, String> topics() {
    return Map.of(
        FeedStream.TRANSACTIONS, topic,
        FeedStream.LABELS, labelsTopic,
        FeedStream.TRUTH, truthTopic);
  }

  KafkaSettings settings() {
    return KafkaSettings.of(Optional.ofNullable(config), Optional.ofNullable(bootstrapServers));
  }
}
