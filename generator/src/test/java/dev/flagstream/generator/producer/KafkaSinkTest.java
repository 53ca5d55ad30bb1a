package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.Transactions;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Kafka's own stand-in, since no real broker fails on demand. */
class KafkaSinkTest {

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Transaction transaction = Transactions.some(1).get(0);
  private final List<String> outcomes = new ArrayList<>();
  private final TransactionSink.Outcome outcome =
      new TransactionSink.Outcome() {
        @Override
        public void acknowledged() {
          outcomes.add("acknowledged");
        }

        @Override
        public void failed(Exception cause) {
          outcomes.add(cause.getMessage());
        }
      };

  @Test
  void keysByCardAndStampsWithEventTime() {
    try (KafkaSink sink = new KafkaSink(kafka, "transactions")) {
      sink.send(transaction, outcome);
    }

    assertThat(kafka.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> written = kafka.history().get(0);
    assertThat(written.topic()).isEqualTo("transactions");
    assertThat(written.partition()).isNull();
    assertThat(new String(written.key(), StandardCharsets.UTF_8))
        .isEqualTo(transaction.cardNumber());
    assertThat(written.value()).isEqualTo(new TransactionJson().encode(transaction));
    assertThat(written.timestamp()).isEqualTo(transaction.timestampMs());
  }

  @Test
  void tellsTheOutcomeOnlyOnceTheBrokerAnswers() {
    try (KafkaSink sink = new KafkaSink(kafka, "transactions")) {
      sink.send(transaction, outcome);
      sink.send(transaction, outcome);
      assertThat(outcomes).isEmpty();

      kafka.completeNext();
      kafka.errorNext(new TimeoutException("gave up"));

      assertThat(outcomes).containsExactly("acknowledged", "gave up");
    }
  }

  @Test
  void refusesContradictorySettingsBeforeAnythingIsSent(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("client.properties"), "acks=1\n");
    KafkaSettings settings = KafkaSettings.of(Optional.of(file), Optional.of("127.0.0.1:1"));

    assertThatThrownBy(() -> KafkaSink.open(settings, "transactions"))
        .isInstanceOf(KafkaAccessException.class)
        .hasMessageContaining("acks")
        .hasMessageContaining("--config");
  }
}
