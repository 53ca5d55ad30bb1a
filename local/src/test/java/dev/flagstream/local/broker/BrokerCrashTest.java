package dev.flagstream.local.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a transaction when the broker is killed while it commits it. */
class BrokerCrashTest {

  private static final String STATE_OF_TRANSACTIONS = "__transaction_state";
  private static final TopicPartition SOURCE = new TopicPartition("source", 0);
  private static final TopicPartition TARGET = new TopicPartition("target", 0);

  /** So many partitions lose their leader that it takes a while, in which markers are sent. */
  private static final NewTopic OTHERS = new NewTopic("others", 200, (short) 1);

  private static final String GROUP = "query";

  /** How long a broker that was killed counts as alive; its successor waits for that. */
  private static final Map<String, String> SHORT_SESSION =
      Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500");

  private static final Duration AT_MOST = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void aTransactionThatWasAboutToBeCommittedIsCommittedByTheNextBrokerRowsAndOffsetsAlike()
      throws Exception {
    StackSettings before = new StackSettings(folder, folder.resolve("before"), FreePorts.pick());
    StackSettings after = new StackSettings(folder, folder.resolve("after"), FreePorts.pick());
    try (Broker broker = Broker.start(before, SHORT_SESSION);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        KafkaConsumer<byte[], byte[]> member = consumer(broker, "read_committed");
        KafkaProducer<byte[], byte[]> producer =
            producer(broker, Map.of("transactional.id", "query-1"))) {
      admin.createTopics(List.of(topic(SOURCE), topic(TARGET), OTHERS)).all().get();
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TARGET.topic(), "row".getBytes(UTF_8))).get();
      producer.sendOffsetsToTransaction(
          Map.of(SOURCE, new OffsetAndMetadata(1)), member.groupMetadata());
      decideToCommit(broker);
      copy(before.data(), after.data()); // what kill -9 leaves behind, at this very moment
    }

    try (Broker broker = Broker.start(after, SHORT_SESSION);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker, "read_committed")) {
      consumer.assign(List.of(TARGET));
      consumer.seekToBeginning(List.of(TARGET));
      List<String> rows = new ArrayList<>();
      await()
          .atMost(AT_MOST)
          .untilAsserted(
              () -> {
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofMillis(100))) {
                  rows.add(new String(row.value(), UTF_8));
                }
                assertThat(rows).containsExactly("row");
              });
      await()
          .atMost(AT_MOST)
          .untilAsserted(
              () ->
                  assertThat(committed(admin))
                      .containsExactly(Map.entry(SOURCE, new OffsetAndMetadata(1))));
    }
  }

  private static NewTopic topic(TopicPartition partition) {
    return new NewTopic(partition.topic(), 1, (short) 1);
  }

  /**
   * Writes into the log of transactions what the coordinator writes once it is asked to commit, and
   * nothing of what it does then.
   */
  private static void decideToCommit(Broker broker) throws Exception {
    ConsumerRecord<byte[], byte[]> open = lastStateOfTheTransaction(broker);
    ByteBuffer bytes = ByteBuffer.wrap(open.value());
    short version = bytes.getShort();
    TransactionLogValue state = new TransactionLogValue(new ByteBufferAccessor(bytes), version);
    assertThat(state.transactionStatus()).isEqualTo(TransactionState.ONGOING.id());
    state
        .setTransactionStatus(TransactionState.PREPARE_COMMIT.id())
        .setPreviousProducerId(state.producerId())
        .setProducerEpoch((short) (state.producerEpoch() + 1));
    // Under this name clients may write to topics of the broker's own.
    try (KafkaProducer<byte[], byte[]> coordinator =
        producer(broker, Map.of("client.id", "__admin_client"))) {
      coordinator
          .send(
              new ProducerRecord<>(
                  open.topic(),
                  open.partition(),
                  open.key(),
                  MessageUtil.toVersionPrefixedBytes(version, state)))
          .get();
    }
  }

  private static ConsumerRecord<byte[], byte[]> lastStateOfTheTransaction(Broker broker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, "read_uncommitted")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(STATE_OF_TRANSACTIONS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ConsumerRecord<byte[], byte[]> last = null;
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          last = record; // there is only one transaction
        }
      }
      return last;
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets(GROUP, new ListConsumerGroupOffsetsOptions().requireStable(true))
        .partitionsToOffsetAndMetadata()
        .get();
  }

  private static KafkaProducer<byte[], byte[]> producer(Broker broker, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Broker broker, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "isolation.level",
            isolation,
            "group.id",
            GROUP,
            "enable.auto.commit",
            "false"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
