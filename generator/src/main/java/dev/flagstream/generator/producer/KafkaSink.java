package dev.flagstream.generator.producer;

import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes transactions to a Kafka topic: keyed by card number, valued with JSON, stamped with event
 * time.
 */
public final class KafkaSink implements TransactionSink {

  /** Short enough for a stop, all in all, within the ten seconds that Docker grants. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final TransactionJson json = new TransactionJson();

  /** Takes over the producer and closes it in the end. */
  KafkaSink(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Makes a sink; nothing connects before the first transaction.
   *
   * @throws KafkaAccessException if the settings are wrong
   */
  public static KafkaSink open(KafkaSettings settings, String topic) {
    try {
      return new KafkaSink(
          new KafkaProducer<>(
              settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer()),
          topic);
    } catch (org.apache.kafka.common.KafkaException e) {
      throw KafkaAccessException.wrongSettings(settings, e);
    }
  }

  @Override
  public void send(Transaction transaction, Outcome outcome) {
    ProducerRecord<byte[], byte[]> transactionRecord =
        new ProducerRecord<>(
            topic,
            null,
            transaction.timestampMs(),
            transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
            json.encode(transaction));
    // The callback tells all that the future would.
    var unused =
        producer.send(
            transactionRecord,
            (metadata, failure) -> {
              if (failure == null) {
                outcome.acknowledged();
              } else {
                outcome.failed(failure);
              }
            });
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
