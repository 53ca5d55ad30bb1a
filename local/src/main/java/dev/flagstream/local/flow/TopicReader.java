package dev.flagstream.local.flow;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.settings.PipelineAddresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics: everything that is committed at the time of asking. */
public final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private static final int ONLOOKER_BYTES = 1 << 20;
  private static final int ONLOOKER_WAIT_MS = 50;
  private static final int NO_WAIT_MS = 5;

  /** Of each partition, where the newest record is looked for. */
  private static final int LAST_OFFSETS = 50;

  private final KafkaSettings kafka;

  /** A reader of a cluster. */
  public TopicReader(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** A consumer that sees committed records only, of bytes, belonging to no group. */
  static KafkaConsumer<byte[], byte[]> committedOnly(KafkaSettings kafka) {
    return consumer(kafka, Map.of());
  }

  /**
   * The same for someone who reads what is there and no more. A broker that is asked about
   * partitions that are at their end waits for more before it answers, half a second by default,
   * and what is left in others waits with them; here it does not.
   */
  static KafkaConsumer<byte[], byte[]> upToTheEnd(KafkaSettings kafka) {
    return consumer(kafka, Map.of("fetch.max.wait.ms", NO_WAIT_MS));
  }

  /**
   * The same for someone who looks on while records come: it is answered twenty times a second
   * rather than for each batch that is written.
   */
  static KafkaConsumer<byte[], byte[]> onlooker(KafkaSettings kafka) {
    return consumer(
        kafka, Map.of("fetch.min.bytes", ONLOOKER_BYTES, "fetch.max.wait.ms", ONLOOKER_WAIT_MS));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      KafkaSettings kafka, Map<String, Object> others) {
    Map<String, Object> properties = PipelineAddresses.clientProperties(kafka);
    properties.put("isolation.level", "read_committed");
    properties.putAll(others);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static List<TopicPartition> partitionsOf(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** Whether there is such a topic. */
  public boolean exists(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = committedOnly(kafka)) {
      return consumer.listTopics().containsKey(topic);
    }
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

  /**
   * As {@link #read(String, Consumer)}, but several threads read what the records say before they
   * are handed over, one after the other and in the calling thread.
   *
   * @param parse is called by several threads at a time
   */
  public <T> void read(
      String topic,
      Function<ConsumerRecord<byte[], byte[]>, T> parse,
      BiConsumer<ConsumerRecord<byte[], byte[]>, T> each) {
    readBatches(
        topic,
        Map.of(),
        batch -> {
          List<T> parsed = batch.parallelStream().map(parse).toList();
          for (int i = 0; i < batch.size(); i++) {
            each.accept(batch.get(i), parsed.get(i));
          }
          return true;
        });
  }

  /** As {@link #read(String, Consumer)}, until {@code each} has had enough and says false. */
  public void readWhile(String topic, Predicate<ConsumerRecord<byte[], byte[]>> each) {
    readWhile(topic, Map.of(), each);
  }

  private void readWhile(
      String topic, Map<Integer, Long> from, Predicate<ConsumerRecord<byte[], byte[]>> each) {
    readBatches(topic, from, batch -> batch.stream().allMatch(each));
  }

  private void readBatches(
      String topic, Map<Integer, Long> from, Predicate<List<ConsumerRecord<byte[], byte[]>>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = upToTheEnd(kafka)) {
      List<TopicPartition> partitions = partitionsOf(consumer, topic);
      consumer.assign(partitions);
      for (TopicPartition partition : partitions) {
        Long offset = from.get(partition.partition());
        if (offset == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, offset);
        }
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      // By position rather than by count: transaction markers take offsets and are no records.
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        consumer.poll(POLL).forEach(batch::add);
        if (!each.test(batch)) {
          return;
        }
      }
    }
  }

  /**
   * Hands over records as they come, without end. After the cluster was away, it goes on where it
   * was.
   *
   * @param fromBeginning whether those that are there already come first
   */
  public void follow(
      String topic, boolean fromBeginning, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = committedOnly(kafka)) {
      List<TopicPartition> partitions = partitionsOf(consumer, topic);
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      while (!Thread.currentThread().isInterrupted()) {
        consumer.poll(POLL).forEach(each);
      }
    }
  }

  /**
   * Where each partition of the topic ends now; the last committed record lies before.
   *
   * @return the offset after the last, by the number of the partition
   */
  public Map<Integer, Long> ends(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = committedOnly(kafka)) {
      return consumer.endOffsets(partitionsOf(consumer, topic)).entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(end -> end.getKey().partition(), Map.Entry::getValue));
    }
  }

  /** As {@link #read}, only of what lies at or after these offsets, by partition. */
  public void readFrom(
      String topic, Map<Integer, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    readWhile(
        topic,
        from,
        record -> {
          each.accept(record);
          return true;
        });
  }

  /**
   * The record with the latest time among the last few of each partition.
   *
   * @return empty if there is none, or none among the last offsets, of which a transaction's
   *     markers take some
   */
  public Optional<ConsumerRecord<byte[], byte[]>> newest(String topic) {
    Map<Integer, Long> from = new HashMap<>(ends(topic));
    from.replaceAll((partition, end) -> Math.max(0, end - LAST_OFFSETS));
    List<ConsumerRecord<byte[], byte[]>> newest = new ArrayList<>();
    readFrom(
        topic,
        from,
        each -> {
          if (newest.isEmpty() || newest.get(0).timestamp() <= each.timestamp()) {
            newest.clear();
            newest.add(each);
          }
        });
    return newest.stream().findFirst();
  }

  /** How many committed records the topic holds: reads all of them. */
  public long count(String topic) {
    long[] records = new long[1];
    read(topic, each -> records[0]++);
    return records[0];
  }

  /**
   * How many offsets the topic spans, without reading it. That is the number of its records if none
   * of its producers uses transactions; otherwise markers and aborted records count, too.
   */
  public long span(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = committedOnly(kafka)) {
      List<TopicPartition> partitions = partitionsOf(consumer, topic);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .mapToLong(end -> end.getValue() - begins.get(end.getKey()))
          .sum();
    }
  }
}
