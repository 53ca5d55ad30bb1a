package dev.flagstream.engine.offline;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.runtime.TableStores;
import dev.flagstream.engine.topology.FirstOffsets;
import dev.flagstream.engine.topology.QueryTopology;
import dev.flagstream.engine.topology.row.Materialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlySessionStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.test.TestRecord;

/** A query that runs without a broker, record by record, in the thread that gives it records. */
final class OfflineQuery implements AutoCloseable {

  private static final int FORGET_AFTER = 1_000;
  private static final String OUT = "-out";

  private final Set<String> sourceTopics;
  private final Set<String> topicsFromTheirBeginning;
  private final Optional<String> sinkTopic;
  private final Optional<String> writtenTo;
  private final Optional<Materialization> materialization;
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final List<Map.Entry<String, OfflineRecord>> kept = new ArrayList<>();
  private TestOutputTopic<byte[], byte[]> output;
  private int processedSinceForgotten;

  /**
   * Starts a query.
   *
   * @param sinkTopic the topic it writes to, if it writes to one
   */
  OfflineQuery(
      PlanStep plan, QueryTopology topology, Properties properties, Optional<String> sinkTopic) {
    this.sourceTopics = sources(plan, any -> true);
    FirstOffsets offsets = FirstOffsets.of(properties);
    this.topicsFromTheirBeginning = sources(plan, source -> offsets.areTheFirst(source.kind()));
    this.sinkTopic = sinkTopic;
    this.writtenTo =
        plan instanceof PlanStep.Write write
            ? Optional.of(apart(write).sink().topic())
            : Optional.empty();
    this.materialization = topology.materialization();
    this.driver = new TopologyTestDriver(topology.topology(), properties);
  }

  /**
   * The plan, whose sink is a topic of another name if the query reads what it writes: the driver
   * would give the query its own records at once, again and again, without ever coming back.
   */
  static PlanStep.Write apart(PlanStep.Write plan) {
    return sources(plan, any -> true).contains(plan.sink().topic())
        ? new PlanStep.Write(plan.input(), otherTopic(plan.sink()))
        : plan;
  }

  private static Source otherTopic(Source sink) {
    return new Source(
        sink.kind(),
        sink.name(),
        sink.schema(),
        sink.topic() + OUT,
        sink.keyFormat(),
        sink.valueFormat(),
        sink.window(),
        sink.timestamp(),
        sink.readOnly(),
        sink.createdByQuery(),
        sink.sql());
  }

  /** The topics of the sources that are wanted, in the order of the plan. */
  private static Set<String> sources(PlanStep plan, Predicate<Source> wanted) {
    Set<String> topics = new LinkedHashSet<>();
    collectSources(plan, wanted, topics);
    return topics;
  }

  private static void collectSources(PlanStep step, Predicate<Source> wanted, Set<String> topics) {
    if (step instanceof PlanStep.Read read && wanted.test(read.source())) {
      topics.add(read.source().topic());
    }
    step.inputs().forEach(input -> collectSources(input, wanted, topics));
  }

  /** The topics it reads. */
  Set<String> sourceTopics() {
    return sourceTopics;
  }

  /** Those of which it reads what was written before it was made. */
  Set<String> topicsFromTheirBeginning() {
    return topicsFromTheirBeginning;
  }

  Optional<String> sinkTopic() {
    return sinkTopic;
  }

  /** Where it keeps the rows of its table, if it makes one. */
  Optional<Materialization> materialization() {
    return materialization;
  }

  /** Its state stores. */
  TableStores stores() {
    return new TableStores() {
      @Override
      public ReadOnlyKeyValueStore<Object, ValueAndTimestamp<Object[]>> rows(String name) {
        return driver.getTimestampedKeyValueStore(name);
      }

      @Override
      public ReadOnlyWindowStore<Object, ValueAndTimestamp<Object[]>> windows(String name) {
        return driver.getTimestampedWindowStore(name);
      }

      @Override
      public ReadOnlySessionStore<Object, Object[]> sessions(String name) {
        return driver.getSessionStore(name);
      }

      @Override
      public TableStores ofKey(String name, Object[] key, Serializer<Object[]> keys) {
        // There is one partition.
        return this;
      }
    };
  }

  /** Keeps a record for later: the query is paused. */
  void keep(String topic, OfflineRecord input) {
    kept.add(Map.entry(topic, input));
  }

  /** The records that were kept, in order; they are no longer kept. */
  List<Map.Entry<String, OfflineRecord>> takeKept() {
    List<Map.Entry<String, OfflineRecord>> taken = List.copyOf(kept);
    kept.clear();
    return taken;
  }

  /** Gives the query a record and returns what it wrote. */
  List<OfflineRecord> process(String topic, OfflineRecord input) {
    inputs
        .computeIfAbsent(
            topic,
            name ->
                driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(
            new TestRecord<>(
                input.key(),
                input.value(),
                new RecordHeaders(input.headers()),
                Instant.ofEpochMilli(input.timestampMs())));
    return writtenTo.map(this::written).orElse(List.of());
  }

  private List<OfflineRecord> written(String sink) {
    if (output == null) {
      if (!driver.producedTopicNames().contains(sink)) {
        return List.of();
      }
      output = reader(sink);
    }
    if (output.isEmpty()) {
      return List.of();
    }
    List<OfflineRecord> written = new ArrayList<>();
    output
        .readRecordsToList()
        .forEach(
            out ->
                written.add(
                    new OfflineRecord(
                        out.key(),
                        out.value(),
                        out.timestamp(),
                        List.of(out.headers().toArray()))));
    return written;
  }

  private TestOutputTopic<byte[], byte[]> reader(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The driver keeps all that is written to the topics of state stores too, which nothing reads
   * here; now and then it is let go.
   */
  void forgetChangelogs() {
    if (++processedSinceForgotten < FORGET_AFTER) {
      return;
    }
    processedSinceForgotten = 0;
    for (String topic : driver.producedTopicNames()) {
      if (writtenTo.filter(topic::equals).isEmpty()) {
        reader(topic).readRecordsToList();
      }
    }
  }

  /** Goes on with the state of a query of the same id, as far as stores have the same name. */
  void takeStateOf(OfflineQuery replaced) {
    Map<String, StateStore> before = replaced.driver.getAllStateStores();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (before.containsKey(name)) {
                StateCopy.copy(before.get(name), store);
              }
            });
  }

  @Override
  public void close() {
    driver.close();
  }
}
