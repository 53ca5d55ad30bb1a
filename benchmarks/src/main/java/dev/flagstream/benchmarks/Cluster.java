package dev.flagstream.benchmarks;

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
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A broker and its topics; in this process, so that its CPU is on nobody's account, unless one that
 * runs already is used.
 */
public final class Cluster implements AutoCloseable {

  /** As the scripts of {@code ksql/} have them. */
  private static final int PARTITIONS = 4;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final String bootstrapServers;
  private final int partitions;
  private final Runnable stopBroker;
  private final Admin admin;

  private Cluster(String bootstrapServers, int partitions, Runnable stopBroker) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.stopBroker = stopBroker;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Starts a cluster without topics; its log is in {@code directory}. */
  public static Cluster start(Path directory) {
    StackSettings settings = new StackSettings(Path.of("."), directory, FreePorts.pickForBroker());
    Broker broker = Broker.start(settings);
    return new Cluster(settings.bootstrapServers(), PARTITIONS, broker::close);
  }

  /**
   * A broker that runs, and goes on running when this is closed.
   *
   * @param partitions of each topic
   */
  public static Cluster at(String bootstrapServers, int partitions) {
    return new Cluster(bootstrapServers, partitions, () -> {});
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** On which port of loopback. */
  public int port() {
    return Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
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
            .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
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

  /**
   * How many records were written to a topic, by its offsets, commit markers included; 0 if there
   * is no such topic yet.
   */
  public long records(String topic) {
    if (!join(admin.listTopics().names()).contains(topic)) {
      return 0;
    }
    return ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
  }

  /** What each topic takes on the broker's disk, in bytes, without the broker's own topics. */
  public SortedMap<String, Long> bytes() {
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

  /**
   * Waits until so many records were written to a topic.
   *
   * @param whileWaiting called again and again; what it throws ends the waiting
   * @throws IllegalStateException if they are not there after {@code patience}
   */
  public void awaitRecords(String topic, long atLeast, Duration patience, Runnable whileWaiting) {
    boolean there =
        Until.holds(
            () -> {
              whileWaiting.run();
              return records(topic) >= atLeast;
            },
            patience);
    if (!there) {
      throw new IllegalStateException(
          topic + " holds " + records(topic) + " records, not " + atLeast);
    }
  }

  /** Waits until no transaction is open: what was written to any topic is committed or aborted. */
  public void awaitCommitted() {
    if (!Until.holds(this::isCommitted, PATIENCE)) {
      throw new IllegalStateException(
          "A transaction is still open after " + PATIENCE.toMinutes() + " minutes");
    }
  }

  private boolean isCommitted() {
    Map<TopicPartition, OffsetSpec> latest =
        join(admin.describeTopics(join(admin.listTopics().names())).allTopicNames())
            .values()
            .stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(each -> new TopicPartition(topic.name(), each.partition())))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return offsets(latest, IsolationLevel.READ_COMMITTED)
        .equals(offsets(latest, IsolationLevel.READ_UNCOMMITTED));
  }

  /** Removes all records of a topic, so that who reads it later begins with what comes then. */
  public void deleteRecords(String topic) {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    ends(List.of(topic))
        .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
    join(admin.deleteRecords(all).all());
  }

  /** Waits until a consumer group has committed the end of the topics. */
  void awaitConsumed(String group, List<String> topics) {
    Map<TopicPartition, Long> ends = ends(topics);
    if (!Until.holds(() -> hasConsumed(group, ends), PATIENCE)) {
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
                topic -> IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return offsets(latest, IsolationLevel.READ_UNCOMMITTED);
  }

  private Map<TopicPartition, Long> offsets(
      Map<TopicPartition, OffsetSpec> of, IsolationLevel isolation) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    join(admin.listOffsets(of, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
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
    stopBroker.run();
  }
}
