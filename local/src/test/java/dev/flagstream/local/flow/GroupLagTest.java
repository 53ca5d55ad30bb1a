package dev.flagstream.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Transactions leave markers, and aborted records, which take offsets and are no records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupLagTest {

  private Broker broker;
  private KafkaTopics topics;
  private GroupLag lag;
  private String bootstrapServers;

  @BeforeAll
  void start(@TempDir Path data) {
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    broker = Broker.start(settings);
    bootstrapServers = settings.bootstrapServers();
    topics = new KafkaTopics(bootstrapServers);
    lag = new GroupLag(KafkaSettings.of(bootstrapServers));
  }

  @AfterAll
  void stop() {
    lag.close();
    topics.close();
    broker.close();
  }

  @Test
  void isEmptyForAReaderThatHasReadAllButTheMarkers() throws Exception {
    topics.create("markers", 1);
    inATransaction("markers", 3, true);
    commit("reader", "markers", 3);

    assertThat(left("reader", "markers")).isEmpty();
    assertThat(new TopicReader(KafkaSettings.of(bootstrapServers)).span("markers")).isEqualTo(4);
  }

  @Test
  void doesNotCountRecordsOfAbortedTransactions() throws Exception {
    topics.create("aborted", 1);
    inATransaction("aborted", 2, true);
    inATransaction("aborted", 5, false);
    inATransaction("aborted", 1, true);
    commit("careful", "aborted", 2);

    assertThat(left("careful", "aborted")).containsExactly(Map.entry("careful", 1L));
  }

  @Test
  void countsEverythingForASinkThatHasNeverCommitted() throws Exception {
    topics.create("unread", 1);
    inATransaction("unread", 4, true);

    assertThat(left("newcomer", "unread")).containsExactly(Map.entry("newcomer", 4L));
  }

  @Test
  void takesALongStretchForWhatItSpans() throws Exception {
    topics.create("long", 1);
    inATransaction("long", 1_000, true);
    commit("slow", "long", 100);

    assertThat(left("slow", "long")).containsExactly(Map.entry("slow", 901L));
  }

  @Test
  void findsGroupsByTheirPrefix() throws Exception {
    topics.create("grouped", 1);
    commit("connect-one", "grouped", 0);
    commit("other", "grouped", 0);

    assertThat(lag.groups("connect-")).containsExactly("connect-one");
  }

  private Map<String, Long> left(String group, String topic) {
    return lag.of(Map.of(group, Set.of(topic)));
  }

  private void inATransaction(String topic, int records, boolean commit) throws Exception {
    Map<String, Object> settings =
        Map.<String, Object>of("bootstrap.servers", bootstrapServers, "transactional.id", topic);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < records; i++) {
        Future<RecordMetadata> unused =
            producer.send(new ProducerRecord<>(topic, "r".getBytes(StandardCharsets.UTF_8)));
      }
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private void commit(String group, String topic, long offset) {
    Map<String, Object> settings =
        Map.<String, Object>of("bootstrap.servers", bootstrapServers, "group.id", group);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)));
    }
  }
}
