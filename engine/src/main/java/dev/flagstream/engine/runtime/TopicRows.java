package dev.flagstream.engine.runtime;

import dev.flagstream.engine.planner.QueryPlan;
import dev.flagstream.engine.topology.ProcessingLog;
import dev.flagstream.engine.topology.SourceRecords;
import dev.flagstream.engine.topology.SourceRecords.SourceRow;
import dev.flagstream.engine.type.Column;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The rows of a stream: those in its topic now, from its beginning to its present end. */
final class TopicRows implements TableRows {

  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final SourceRecords reader;
  private final Map<String, Object> clientProperties;

  TopicRows(
      QueryPlan.Pull plan,
      String queryId,
      ProcessingLog log,
      Map<String, Object> clientProperties) {
    List<String> columns = plan.input().value().stream().map(Column::name).toList();
    this.topic = plan.source().topic();
    this.reader = SourceRecords.of(plan.source(), columns, plan.input(), log, queryId);
    this.clientProperties = clientProperties;
  }

  @Override
  public Cursor open() {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.keySet().retainAll(ConsumerConfig.configNames());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new TopicCursor(
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private final class TopicCursor implements Cursor {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Queue<Row> ready = new ArrayDeque<>();

    TopicCursor(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      this.ends = consumer.endOffsets(partitions);
    }

    @Override
    public Row next() {
      while (ready.isEmpty() && !atEnd()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
            reader.read(record).ifPresent(this::add);
          }
        }
      }
      return ready.poll();
    }

    private void add(SourceRow row) {
      if (row.value() != null) {
        ready.add(new Row(row.key(), row.value()));
      }
    }

    private boolean atEnd() {
      return ends.entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
