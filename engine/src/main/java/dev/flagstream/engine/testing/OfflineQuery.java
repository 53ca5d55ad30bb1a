package dev.flagstream.engine.testing;

import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A query that runs without a broker, record by record, in the thread that gives it records. */
final class OfflineQuery implements AutoCloseable {

  private final PersistentQuery query;
  private final Set<String> sourceTopics;
  private final TopologyTestDriver driver;

  OfflineQuery(PersistentQuery query, Topology topology, Properties properties) {
    this.query = query;
    this.sourceTopics = new LinkedHashSet<>();
    collectSources(query.plan(), sourceTopics);
    this.driver = new TopologyTestDriver(topology, properties);
  }

  private static void collectSources(PlanStep step, Set<String> topics) {
    if (step instanceof PlanStep.Read read) {
      topics.add(read.source().topic());
    }
    step.inputs().forEach(input -> collectSources(input, topics));
  }

  PersistentQuery query() {
    return query;
  }

  /** The topics it reads. */
  Set<String> sourceTopics() {
    return sourceTopics;
  }

  String sinkTopic() {
    return query.sink().topic();
  }

  /** Gives the query a record and returns what it wrote. */
  List<OfflineRecord> process(String topic, OfflineRecord input) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                input.key(),
                input.value(),
                new RecordHeaders(input.headers()),
                Instant.ofEpochMilli(input.timestampMs())));
    return written();
  }

  private List<OfflineRecord> written() {
    if (!driver.producedTopicNames().contains(sinkTopic())) {
      return List.of();
    }
    List<OfflineRecord> written = new ArrayList<>();
    driver
        .createOutputTopic(sinkTopic(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
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

  @Override
  public void close() {
    driver.close();
  }
}
