package dev.flagstream.engine.property;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.server.TestBroker;
import dev.flagstream.engine.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * A script, or several with different names, on a server beside a real broker. Each server has
 * topics and a service of its own, so that a broker can take one after the other.
 */
final class ServedScript implements AutoCloseable {

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Each row goes on at once, as it does without a broker, and nobody waits for more of them. */
  private static final Map<String, String> UNBUFFERED =
      Map.of(
          "ksql.streams.consumer.fetch.max.wait.ms", "10",
          "ksql.logging.processing.topic.auto.create", "true",
          "ksql.streams.commit.interval.ms", "10",
          "ksql.streams.statestore.cache.max.bytes", "0",
          "ksql.streams.processing.guarantee", "at_least_once");

  private final Map<String, Object> connection;
  private final List<Script> scripts;
  private final String prefix;
  private final String application;
  private final Map<String, Source> sources = new HashMap<>();
  private final Path state;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TestServer server;

  ServedScript(TestBroker broker, Script drawn, int partitions) {
    this(broker, List.of(drawn), partitions);
  }

  /** Makes the topics and starts the server, which is not told the statements yet. */
  ServedScript(TestBroker broker, List<Script> drawn, int partitions) {
    prefix = "run_" + STARTED.incrementAndGet() + "_";
    scripts = drawn.stream().map(script -> script.overTopics(prefix)).toList();
    application = "_confluent-ksql-" + prefix + "query_";
    connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(connection);
    producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer());
    of(
        admin
            .createTopics(
                scripts.stream()
                    .flatMap(script -> script.sources().stream())
                    .map(s -> new NewTopic(s.topic(), partitions, (short) 1))
                    .toList())
            .all());
    try (CheckedEngine offline = new CheckedEngine()) {
      for (Script script : scripts) {
        offline.accepts(script.declarations());
        script.sources().forEach(s -> sources.put(s.topic(), offline.source(s.name())));
      }
    }
    state = newDirectory();
    Map<String, String> settings = new HashMap<>(UNBUFFERED);
    settings.put("ksql.output.topic.name.prefix", prefix);
    server = TestServer.start(broker.bootstrapServers(), prefix, state, settings);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("served-script");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a directory for state", e);
    }
  }

  /** The only script. */
  private Script script() {
    return scripts.get(0);
  }

  /** Their records, in their topics. */
  List<DrawnRecord> records() {
    return scripts.stream().flatMap(script -> script.records().stream()).toList();
  }

  /** Carries out its statements; a refusal ends the test. */
  ServedScript accepted() {
    scripts.forEach(script -> script.statements().forEach(server::run));
    return this;
  }

  /** Sends records, each once its query is done with the one before. */
  void sendOneByOne(List<DrawnRecord> records) {
    for (DrawnRecord record : records) {
      sendAtOnce(List.of(record));
      awaitDone();
    }
  }

  void sendAtOnce(List<DrawnRecord> records) {
    for (DrawnRecord drawn : records) {
      OfflineRecord record = drawn.toOffline(sources.get(drawn.topic()));
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  drawn.topic(), null, record.timestampMs(), record.key(), record.value()));
    }
    producer.flush();
  }

  /** Stops the server and starts it again, with the state on its disk or without. */
  void restart(boolean withState) {
    server.stop();
    if (!withState) {
      delete(state);
    }
    server.startAgain();
  }

  /** Returns when the query has read all there is, and what it made of it is in its topics. */
  void awaitDone() {
    await()
        .alias("the query has read all its records")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(this::isDone);
  }

  /**
   * What was read is written before it is said to be read. So if first all that is read is looked
   * up, and then all that is there, and both are the same, then nothing is on its way.
   */
  private boolean isDone() {
    List<String> topics =
        of(admin.listTopics().names()).stream()
            .filter(name -> name.startsWith(application) && !name.endsWith("-changelog"))
            .toList();
    for (JsonNode query : server.run("SHOW QUERIES;").get(0).get("queries")) {
      String group = application + query.get("id").asText();
      List<String> read =
          topics.stream()
              .filter(name -> name.startsWith(group + "-"))
              .collect(Collectors.toCollection(ArrayList::new));
      scriptOf(query).sources().forEach(source -> read.add(source.topic()));
      if (!hasRead(group, read)) {
        return false;
      }
    }
    return true;
  }

  private Script scriptOf(JsonNode query) {
    String sink = query.get("sinks").get(0).asText();
    return scripts.stream()
        .filter(script -> script.query().name().equals(sink))
        .findFirst()
        .orElseThrow();
  }

  private boolean hasRead(String group, List<String> topics) {
    Map<TopicPartition, OffsetAndMetadata> read =
        of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends(topics).entrySet().stream()
        .allMatch(
            end ->
                end.getValue().offset() == 0
                    || (read.get(end.getKey()) != null
                        && read.get(end.getKey()).offset() >= end.getValue().offset()));
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(List<String> topics) {
    return of(
        admin
            .listOffsets(
                partitions(topics).stream()
                    .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest())))
            .all());
  }

  private List<TopicPartition> partitions(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : of(admin.describeTopics(topics).allTopicNames()).values()) {
      topic
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    return partitions;
  }

  /** What the query of the only script has written. */
  QueryOutcome written() {
    return written(0);
  }

  /** What the query of one of the scripts has written. */
  QueryOutcome written(int script) {
    List<OfflineRecord> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(connection, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          partitions(List.of(prefix + scripts.get(script).query().name()));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100))) {
          records.add(new OfflineRecord(r.key(), r.value(), r.timestamp(), List.of()));
        }
      }
    }
    return QueryOutcome.of(records);
  }

  /** The rows of a SELECT, as the server writes them. */
  List<String> rows(String sql) {
    return server.rows(sql);
  }

  /** The last row of each key that a push query over its result gives, but for deleted ones. */
  List<String> lastPushed() {
    List<QueryOutcome.Written> records = written().written();
    int pushed = (int) records.stream().filter(record -> record.value() != null).count();
    Iterator<String> rows =
        server
            .firstRows("SELECT * FROM " + script().query().name() + " EMIT CHANGES;", pushed)
            .iterator();
    Map<String, Optional<String>> last = new LinkedHashMap<>();
    for (QueryOutcome.Written record : records) {
      last.put(record.key(), record.value() == null ? Optional.empty() : Optional.of(rows.next()));
    }
    return last.values().stream().flatMap(Optional::stream).toList();
  }

  private static <T> T of(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker refuses: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path directory) {
    try {
      Utils.delete(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  @Override
  public void close() {
    server.close();
    producer.close();
    admin.close();
    delete(state);
  }
}
