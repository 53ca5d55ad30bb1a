package dev.flagstream.training.pipeline;

import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all committed records that a topic has at the time of asking. Stateless. */
final class WholeTopic {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private WholeTopic() {}

  /**
   * Hands over each record in turn, in the order of each partition.
   *
   * @throws KafkaAccessException if no broker answers, settings are refused or there is no such
   *     topic
   */
  static void read(
      KafkaSettings settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
      List<TopicPartition> partitions = partitions(consumer, settings, topic);
      if (partitions.isEmpty()) {
        throw new KafkaAccessException(
            "Kafka at %s has no topic %s: has the pipeline run there?"
                .formatted(settings.bootstrapServers(), topic),
            null);
      }
      read(consumer, partitions, each);
    }
  }

  /** The same, but a topic that is not there has no records. */
  static void readIfThere(
      KafkaSettings settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
      read(consumer, partitions(consumer, settings, topic), each);
    }
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    // By position rather than by count: transaction markers take offsets and are no records.
    while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
      for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(POLL)) {
        if (polled.offset() < ends.get(new TopicPartition(polled.topic(), polled.partition()))) {
          each.accept(polled);
        }
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.forConsumer());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    try {
      return new KafkaConsumer<>(
          properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw KafkaAccessException.wrongSettings(settings, e);
    }
  }

  /** None if there is no such topic. */
  private static List<TopicPartition> partitions(
      KafkaConsumer<?, ?> consumer, KafkaSettings settings, String topic) {
    try {
      if (!consumer.listTopics(PATIENCE).containsKey(topic)) {
        return List.of();
      }
      return consumer.partitionsFor(topic, PATIENCE).stream()
          .map(partition -> new TopicPartition(topic, partition.partition()))
          .toList();
    } catch (TimeoutException e) {
      throw KafkaAccessException.unreachable(settings, e);
    }
  }
}
