package dev.flagstream.generator;

import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.option.BrokerOptions;
import dev.flagstream.generator.option.FraudTopicOptions;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where a run goes. */
final class KafkaOptions {

  @Mixin private BrokerOptions brokers;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = TransactionTopic.DEFAULT_NAME,
      description =
          "Topic for the transactions, created with 4 partitions if it is missing. Default:"
              + " ${DEFAULT-VALUE}.")
  private String topic;

  @Mixin private FraudTopicOptions fraudTopics;

  String topic() {
    return topic;
  }

  /** The topic of each stream. */
  Map<FeedStream, String> topics() {
    return Map.of(
        FeedStream.TRANSACTIONS, topic,
        FeedStream.LABELS, fraudTopics.labels(),
        FeedStream.TRUTH, fraudTopics.truth());
  }

  KafkaSettings settings() {
    return brokers.settings();
  }
}
