package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.Payments;
import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.feed.Payment;
import dev.flagstream.generator.transaction.TransactionJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Kafka's own stand-in, since no real broker fails on demand. */
class KafkaSinkTest {

  private static final Map<FeedStream, KafkaSink.Destination> TOPICS =
      Map.of(
          FeedStream.TRANSACTIONS, spread("transactions", 4),
          FeedStream.TRUTH, spread("truth", 2),
          FeedStream.LABELS, spread("labels", 1));
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Payment payment = (Payment) Payments.some(1).get(0);
  private final List<String> outcomes = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void keysTransactionsByCardAndStampsThemWithEventTime() {
    try (RecordSink sink = sink(Optional.empty())) {
      send(sink, payment);
    }

    ProducerRecord<byte[], byte[]> written = kafka.history().get(0);
    assertThat(kafka.history()).hasSize(1);
    assertThat(written.topic()).isEqualTo("transactions");
    assertThat(written.partition())
        .isEqualTo(new PartitionedTopic("transactions", 4).partitionOf(written.key()));
    assertThat(text(written.key())).isEqualTo(payment.transaction().cardNumber());
    assertThat(written.value()).isEqualTo(TransactionJson.encode(payment.transaction()));
    assertThat(written.timestamp()).isEqualTo(payment.timeMs());
  }

  @Test
  void keysTruthAndLabelsByTransactionAndStampsThemWithTheirTimes() {
    FraudTruth truth = new FraudTruth("t1", "bust_out", 5);
    FraudLabel label = new FraudLabel("t1", "M1", "C1", true, 5, 9);
    try (RecordSink sink = sink(Optional.empty())) {
      send(sink, truth);
      send(sink, label);
    }

    ProducerRecord<byte[], byte[]> first = kafka.history().get(0);
    ProducerRecord<byte[], byte[]> second = kafka.history().get(1);
    assertThat(first.topic()).isEqualTo("truth");
    assertThat(text(first.key())).isEqualTo("t1");
    assertThat(first.value()).isEqualTo(LabelJson.encode(truth));
    assertThat(first.timestamp()).isEqualTo(5);
    assertThat(second.topic()).isEqualTo("labels");
    assertThat(text(second.key())).isEqualTo("t1");
    assertThat(second.value()).isEqualTo(LabelJson.encode(label));
    assertThat(second.timestamp()).isEqualTo(9);
  }

  @Test
  void tellsTheOutcomeOnlyOnceTheBrokerAnswers() {
    try (RecordSink sink = sink(Optional.empty())) {
      send(sink, payment);
      send(sink, payment);
      assertThat(outcomes).isEmpty();

      kafka.completeNext();
      kafka.errorNext(new TimeoutException("gave up"));

      assertThat(outcomes).containsExactly("TRANSACTIONS acknowledged", "TRANSACTIONS gave up");
    }
  }

  @Test
  void writesTheTruthToAFileAndGoesOnAfterItsLastWholeLine() throws Exception {
    Path file = folder.resolve("truth.jsonl");
    Files.writeString(file, "{\"transaction_id\":\"t0\"}\n{\"transaction_id\":\"half");

    TruthFile reopened = TruthFile.open(file);
    assertThat(reopened.lastLine()).hasValue("{\"transaction_id\":\"t0\"}");
    try (RecordSink sink = sink(Optional.of(reopened))) {
      send(sink, new FraudTruth("t1", "bust_out", 5));
    }

    assertThat(kafka.history()).isEmpty();
    assertThat(outcomes).containsExactly("TRUTH acknowledged");
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"transaction_id":"t0"}
            {"transaction_id":"t1","scenario":"bust_out","transaction_time":5}
            """);
  }

  @Test
  void doesNotTouchAFileThatHoldsNoLines() throws Exception {
    Path file = Files.writeString(folder.resolve("photo.jpg"), "no truth");

    assertThatThrownBy(() -> TruthFile.open(file))
        .isInstanceOf(TruthFile.TruthFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--truth");
    assertThat(Files.readString(file)).isEqualTo("no truth");
  }

  @Test
  void refusesContradictorySettingsBeforeAnythingIsSent() throws Exception {
    Path file = Files.writeString(folder.resolve("client.properties"), "acks=1\n");
    KafkaSettings settings = KafkaSettings.of(Optional.of(file), Optional.of("127.0.0.1:1"));

    assertThatThrownBy(() -> KafkaSink.open(settings, TOPICS, PATIENCE))
        .isInstanceOf(KafkaAccessException.class)
        .hasMessageContaining("acks")
        .hasMessageContaining("--config");
  }

  @Test
  void leavesPartitionAndTimeToKafkaWhereTheyAreNotSaid() {
    Map<FeedStream, KafkaSink.Destination> any =
        Map.of(FeedStream.TRANSACTIONS, new KafkaSink.Destination.Any("rows"));
    try (KafkaSink sink = new KafkaSink(kafka, any, PATIENCE)) {
      sink.report(new SendTally(failure -> {}));
      sink.send(
          new FeedRecord(FeedStream.TRANSACTIONS, FeedRecord.NO_TIME, null, new byte[] {'{', '}'}));
    }

    ProducerRecord<byte[], byte[]> written = kafka.history().get(0);
    assertThat(written.topic()).isEqualTo("rows");
    assertThat(written.partition()).isNull();
    assertThat(written.timestamp()).isNull();
    assertThat(written.key()).isNull();
  }

  private static KafkaSink.Destination spread(String topic, int partitions) {
    return new KafkaSink.Destination.Spread(new PartitionedTopic(topic, partitions));
  }

  private RecordSink sink(Optional<TruthFile> truthFile) {
    KafkaSink kafkaSink = new KafkaSink(kafka, TOPICS, PATIENCE);
    RecordSink sink =
        truthFile.<RecordSink>map(file -> new TruthFileSink(kafkaSink, file)).orElse(kafkaSink);
    sink.report(
        new RecordSink.Outcomes() {
          @Override
          public void acknowledged(FeedStream stream) {
            outcomes.add(stream + " acknowledged");
          }

          @Override
          public void failed(FeedStream stream, Exception cause) {
            outcomes.add(stream + " " + cause.getMessage());
          }
        });
    return sink;
  }

  private static void send(RecordSink sink, FeedEvent event) {
    RecordChunk chunk = new RecordChunk();
    chunk.add(event);
    sink.send(chunk.get(0));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
