package dev.flagstream.benchmarks;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker in this process, so that its CPU is on nobody's account, and its topics. */
public final class Cluster implements AutoCloseable {

  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final StackSettings settings;
  private final Broker broker;
  private final Admin admin;

  private Cluster(StackSettings settings) {
    this.settings = settings;
    this.broker = Broker.start(settings);
    this.admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()));
  }

  /** Starts a cluster without topics; its log is in {@code directory}. */
  public static Cluster start(Path directory) {
    return new Cluster(new StackSettings(Path.of("."), directory, FreePorts.pickForBroker()));
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** On which port of loopback. */
  public int port() {
    return settings.ports().kafka();
  }

  /** Makes an input topic; events stay, however old they are, and keep their times. */
  public void createInput(String topic) {
    create(topic, Map.of("retention.ms", "-1"));
  }

  /** Makes a topic whose records carry the time at which they were written. */
  void createSink(String topic) {
    create(topic, Map.of("message.timestamp.type", "LogAppendTime"));
  }

  private void create(String topic, Map<String, String> configs) {
    join(
        admin
            .createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(configs)))
            .all());
  }

  /** Removes the topics of a job that has ended: its sink and those of its consumer group. */
  void deleteTopicsOf(String group, String sink) {
    List<String> own =
        join(admin.listTopics().names()).stream()
            .filter(topic -> topic.equals(sink) || topic.startsWith(group + "-"))
            .toList();
    join(admin.deleteTopics(own).all());
  }

  /** Removes topics. */
  public void deleteTopics(List<String> topics) {
    join(admin.deleteTopics(topics).all());
  }

  /** A writer of input; the caller closes it. */
  Loader loader() {
    return new Loader(bootstrapServers());
  }

  /** How many records a topic holds, by its offsets; 0 if there is no such topic yet. */
  long records(String topic) {
    if (!join(admin.listTopics().names()).contains(topic)) {
      return 0;
    }
    return ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
  }

  /** What each topic takes on the broker's disk, in bytes, without the broker's own topics. */
  SortedMap<String, Long> bytes() {
    SortedMap<String, Long> bytes = new TreeMap<>();
    for (LogDirDescription directory : logDirectories()) {
      directory
          .replicaInfos()
          .forEach((partition, log) -> bytes.merge(partition.topic(), log.size(), Long::sum));
    }
    bytes.keySet().removeIf(topic -> topic.startsWith("__"));
    return bytes;
  }

  private Collection<LogDirDescription> logDirectories() {
    int broker = join(admin.describeCluster().nodes()).iterator().next().id();
    return join(admin.describeLogDirs(List.of(broker)).allDescriptions()).get(broker).values();
  }

  /** Waits until a consumer group has committed the end of the topics. */
  void awaitConsumed(String group, List<String> topics) {
    Map<TopicPartition, Long> ends = ends(topics);
    RetryPolicy<Boolean> untilConsumed =
        RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .withDelay(Duration.ofMillis(50))
            .withMaxAttempts(-1)
            .withMaxDuration(PATIENCE)
            .build();
    if (!Failsafe.with(untilConsumed).get(() -> hasConsumed(group, ends))) {
      throw new IllegalStateException(
          "The job " + group + " did not finish in " + PATIENCE.toMinutes() + " minutes");
    }
  }

  private boolean hasConsumed(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        join(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return offset == null ? end.getValue() == 0 : offset.offset() >= end.getValue();
            });
  }

  private Map<TopicPartition, Long> ends(Collection<String> topics) {
    Map<TopicPartition, OffsetSpec> latest =
        topics.stream()
            .flatMap(
                topic -> IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    join(admin.listOffsets(latest).all())
        .forEach((partition, offset) -> ends.put(partition, offset.offset()));
    return ends;
  }

  /**
   * What was written to a sink.
   *
   * @param span from the first record to the last
   */
  record Written(long records, Duration span) {}

  /** Reads a sink to its end. */
  Written written(String sink) {
    Map<TopicPartition, Long> ends = ends(List.of(sink));
    Map<String, Object> properties =
        Map.<String, Object>of(
            "bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed");
    long count = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> written : consumer.poll(Duration.ofMillis(100))) {
          count++;
          first = Math.min(first, written.timestamp());
          last = Math.max(last, written.timestamp());
        }
      }
    }
    return new Written(count, Duration.ofMillis(Math.max(0, last - first)));
  }

  private static <T> T join(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker refused: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
