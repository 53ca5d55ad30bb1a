package dev.flagstream.local.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics: everything that is committed at the time of asking. */
public final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;

  /** A reader of the cluster at {@code bootstrapServers}. */
  public TopicReader(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** A consumer that sees committed records only, of bytes, belonging to no group. */
  static KafkaConsumer<byte[], byte[]> committedOnly(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  static List<TopicPartition> partitionsOf(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** Hands over every record of the topic, in the order of each partition. */
  public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    readWhile(
        topic,
        record -> {
          each.accept(record);
          return true;
        });
  }

  /** As above, until {@code each} has had enough and says false. */
  public void readWhile(String topic, Predicate<ConsumerRecord<byte[], byte[]>> each) {
    try (var consumer = committedOnly(bootstrapServers)) {
      var partitions = partitionsOf(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      // By position rather than by count: transaction markers take offsets and are no records.
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(POLL)) {
          if (!each.test(record)) {
            return;
          }
        }
      }
    }
  }

  /** How many committed records the topic holds: reads all of them. */
  public long count(String topic) {
    var records = new long[1];
    read(topic, each -> records[0]++);
    return records[0];
  }

  /**
   * How many offsets the topic spans, without reading it. That is the number of its records if none
   * of its producers uses transactions; otherwise markers and aborted records count, too.
   */
  public long span(String topic) {
    try (var consumer = committedOnly(bootstrapServers)) {
      var partitions = partitionsOf(consumer, topic);
      var begins = consumer.beginningOffsets(partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .mapToLong(end -> end.getValue() - begins.get(end.getKey()))
          .sum();
    }
  }
}
