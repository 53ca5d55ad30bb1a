package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes each stream of records to its topic. */
public final class KafkaSink implements RecordSink {

  private final Producer<byte[], byte[]> producer;
  private final Map<FeedStream, Destination> destinations;
  private final Duration patience;
  private final Map<FeedStream, Callback> callbacks = new EnumMap<>(FeedStream.class);

  /** A topic, and what decides which of its partitions a record goes to. */
  public sealed interface Destination {

    /** The name of the topic. */
    String topic();

    /** The partition of a key; null if Kafka's producer decides. */
    Integer partitionOf(byte[] key);

    /** The partitions follow from the keys, as a run that is continued later must know them. */
    record Spread(PartitionedTopic by) implements Destination {
      @Override
      public String topic() {
        return by.name();
      }

      @Override
      public Integer partitionOf(byte[] key) {
        return by.partitionOf(key);
      }
    }

    /** Kafka's producer decides. */
    record Any(String topic) implements Destination {
      @Override
      public Integer partitionOf(byte[] key) {
        return null;
      }
    }
  }

  /** Takes over the producer and closes it in the end. */
  KafkaSink(
      Producer<byte[], byte[]> producer,
      Map<FeedStream, ? extends Destination> destinations,
      Duration patience) {
    this.producer = producer;
    this.destinations = new EnumMap<>(destinations);
    this.patience = patience;
  }

  /**
   * Makes a sink; nothing connects before the first record.
   *
   * @param destinations where each stream goes; a record of a stream without a destination must not
   *     be sent
   * @param patience how long {@link #close} waits for outcomes at most
   * @throws KafkaAccessException if the settings are wrong
   */
  public static KafkaSink open(
      KafkaSettings settings,
      Map<FeedStream, ? extends Destination> destinations,
      Duration patience) {
    try {
      return new KafkaSink(
          new KafkaProducer<>(
              settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer()),
          destinations,
          patience);
    } catch (org.apache.kafka.common.KafkaException e) {
      throw KafkaAccessException.wrongSettings(settings, e);
    }
  }

  @Override
  public void report(Outcomes to) {
    // One callback for each stream rather than for each record.
    for (FeedStream stream : FeedStream.values()) {
      callbacks.put(
          stream,
          (metadata, failure) -> {
            if (failure == null) {
              to.acknowledged(stream);
            } else {
              to.failed(stream, failure);
            }
          });
    }
  }

  @Override
  public void send(FeedRecord record) {
    Destination destination = destinations.get(record.stream());
    // The callback tells all that the future would.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                destination.topic(),
                destination.partitionOf(record.key()),
                record.timeMs() == FeedRecord.NO_TIME ? null : (Long) record.timeMs(),
                record.key(),
                record.value()),
            callbacks.get(record.stream()));
  }

  @Override
  public void close() {
    producer.close(patience);
  }

  @Override
  public void abandon() {
    producer.close(Duration.ZERO);
  }
}
