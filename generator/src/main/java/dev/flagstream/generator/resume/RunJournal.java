package dev.flagstream.generator.resume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic {@code generator_runs}: how each run began, keyed by run id and transactions topic. A
 * topic rather than a file, so that it is there wherever the transactions are; and an entry is
 * acknowledged before the first transaction is sent, so that there is never one without the other.
 */
final class RunJournal {

  static final String TOPIC = "generator_runs";

  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaSettings settings;

  /** A journal; its topic is created if it is missing. */
  RunJournal(KafkaSettings settings) {
    this.settings = settings;
    TransactionTopic.createCompactedIfMissing(settings, TOPIC);
  }

  /** The latest entry of a run. */
  Optional<RunEntry> read(String runId, String transactionsTopic) {
    String key = key(runId, transactionsTopic);
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    byte[] latest = null;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.forConsumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          if (key.equals(new String(each.key(), StandardCharsets.UTF_8))) {
            latest = each.value();
          }
        }
      }
    } catch (KafkaException e) {
      throw new KafkaAccessException("cannot read the topic " + TOPIC + ": " + e.getMessage(), e);
    }
    return Optional.ofNullable(latest).map(RunJournal::parse);
  }

  private static RunEntry parse(byte[] value) {
    try {
      return JSON.readValue(value, RunEntry.class);
    } catch (IOException e) {
      throw new ResumeException(
          "the topic " + TOPIC + " holds an entry that cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes an entry; returns when the brokers have it. */
  void write(RunEntry entry, String transactionsTopic) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  TOPIC,
                  key(entry.runId(), transactionsTopic).getBytes(StandardCharsets.UTF_8),
                  JSON.writeValueAsBytes(entry)))
          .get();
    } catch (ExecutionException | KafkaException | JsonProcessingException e) {
      throw new KafkaAccessException(
          "cannot write how the run begins to the topic " + TOPIC + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaAccessException("interrupted while writing to the topic " + TOPIC, e);
    }
  }

  private static String key(String runId, String transactionsTopic) {
    return runId + " " + transactionsTopic;
  }
}
