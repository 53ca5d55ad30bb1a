package dev.flagstream.engine.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flagstream.engine.server.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which record a broker has refused, as its producer tells it of each. */
@ExtendWith(TestCluster.class)
class RefusedRecordsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int BATCH_BYTES = 1_000;

  /** Two make two batches: the first goes at once, the second waits for as long as it may. */
  private static final byte[] LARGE = "x".repeat(2 * BATCH_BYTES).getBytes(UTF_8);

  private static final byte[] KEY = "key".getBytes(UTF_8);

  @ParameterizedTest
  @CsvSource({"cleanup.policy, compact", "message.timestamp.after.max.ms, 1000"})
  void tellsTheRecordThatIsAtFaultFromOnesThatWaitedWithItInItsTransaction(
      String setting, String value) throws Exception {
    String topic = "refusing-" + value;
    create(topic, Map.of(setting, value));
    long hourAhead = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
    CompletableFuture<Exception> waiting = new CompletableFuture<>();
    CompletableFuture<Exception> refused = new CompletableFuture<>();
    try (KafkaProducer<byte[], byte[]> producer = transactional(topic)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, new ProducerRecord<>(topic, 0, hourAhead, null, LARGE), refused);
      send(producer, new ProducerRecord<>(topic, 0, null, KEY, LARGE), waiting);

      await().atMost(PATIENCE).until(() -> refused.isDone() && waiting.isDone());
      producer.abortTransaction();
    }

    assertThat(refused.join())
        .matches(RefusedRecords::isOfARecord, "is of the record")
        .matches(
            error -> RefusedRecords.isOfTime(error) == setting.contains("timestamp"),
            "is of its time if that is why");
    assertThat(waiting.join())
        .isNotNull()
        .matches(error -> !RefusedRecords.isOfARecord(error), "is of the transaction");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void knowsThatATimeIsRefusedAloneOrBesideOthers(int records) throws Exception {
    String topic = "punctual-" + records;
    create(topic, Map.of("message.timestamp.after.max.ms", "1000"));
    long hourAhead = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
    List<CompletableFuture<Exception>> refused =
        Stream.generate(CompletableFuture<Exception>::new).limit(records).toList();
    try (KafkaProducer<byte[], byte[]> producer = transactional(topic)) {
      producer.initTransactions();
      producer.beginTransaction();
      refused.forEach(
          error -> send(producer, new ProducerRecord<>(topic, 0, hourAhead, KEY, KEY), error));
      producer.flush();
      producer.abortTransaction();
    }

    assertThat(refused)
        .extracting(CompletableFuture::join)
        .allMatch(RefusedRecords::isOfARecord)
        .allMatch(RefusedRecords::isOfTime);
  }

  @Test
  void takesNoErrorForOneOfARecord() {
    assertThat(RefusedRecords.isOfARecord(null)).isFalse();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      CompletableFuture<Exception> error) {
    Future<RecordMetadata> unused =
        producer.send(record, (metadata, problem) -> error.complete(problem));
  }

  private static KafkaProducer<byte[], byte[]> transactional(String id) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            TestCluster.bootstrapServers(),
            "transactional.id",
            id,
            "batch.size",
            BATCH_BYTES,
            "linger.ms",
            (int) PATIENCE.toMillis()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void create(String topic, Map<String, String> configs) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestCluster.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs))).all().get();
    }
  }
}
