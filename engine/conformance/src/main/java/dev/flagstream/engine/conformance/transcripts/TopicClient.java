package dev.flagstream.engine.conformance.transcripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.conformance.transcripts.Transcript.TopicRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes topics, fills them and reads them. */
final class TopicClient implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> connection;
  private final Admin admin;

  TopicClient(String bootstrapServers) {
    connection = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(connection);
  }

  void create(String topic, int partitions) throws InterruptedException, ExecutionException {
    if (!admin.listTopics().names().get().contains(topic)) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    }
  }

  /** Has the broker keep what windowed tables hold, which is years old, while it is looked at. */
  void keepOldRecords() throws InterruptedException, ExecutionException {
    List<ConfigResource> topics =
        admin.listTopics().names().get().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    admin
        .describeConfigs(topics)
        .all()
        .get()
        .forEach(
            (topic, config) -> {
              if (config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(",")) {
                ConfigEntry forever = new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1");
                changes.put(topic, List.of(new AlterConfigOp(forever, AlterConfigOp.OpType.SET)));
              }
            });
    admin.incrementalAlterConfigs(changes).all().get();
  }

  void write(String topic, List<TopicRecord> records)
      throws InterruptedException, ExecutionException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (TopicRecord record : records) {
        Integer partition = record.partition() < 0 ? null : record.partition();
        ProducerRecord<byte[], byte[]> sent =
            new ProducerRecord<>(topic, partition, bytes(record.key()), bytes(record.value()));
        producer.send(sent).get();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  /** All committed records of a topic; none if there is no such topic. */
  List<TopicRecord> read(String topic) throws InterruptedException, ExecutionException {
    if (!admin.listTopics().names().get().contains(topic)) {
      return List.of();
    }
    Map<String, Object> properties = new HashMap<>(connection);
    properties.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<TopicRecord> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(POLL)
            .forEach(
                record ->
                    records.add(
                        new TopicRecord(
                            record.partition(),
                            record.timestamp(),
                            text(record.key()),
                            text(record.value()))));
      }
      return records;
    }
  }

  private static String text(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not text: the bytes themselves, below.
    }
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    admin.close();
  }
}
