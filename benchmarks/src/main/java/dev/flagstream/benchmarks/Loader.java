package dev.flagstream.benchmarks;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records to input topics; all are there once it is closed. */
final class Loader implements AutoCloseable {

  private final KafkaProducer<String, String> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  Loader(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "50"),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Sends without waiting. */
  void send(String topic, Dataset.Entry entry) {
    ProducerRecord<String, String> message =
        new ProducerRecord<>(topic, null, entry.timestampMs(), entry.key(), entry.value());
    Future<RecordMetadata> unused =
        producer.send(
            message,
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
    if (failure.get() != null) {
      throw new IllegalStateException(
          "A record could not be written: " + failure.get(), failure.get());
    }
  }
}
