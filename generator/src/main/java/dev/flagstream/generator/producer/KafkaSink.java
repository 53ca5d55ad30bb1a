package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a run to its topics: transactions keyed by card number, truth and labels keyed by
 * transaction id, all of them JSON stamped with event time.
 */
public final class KafkaFeedSink implements FeedSink {

  /** Short enough for a stop, all in all, within the ten seconds that Docker grants. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

  private final Producer<byte[], byte[]> producer;
  private final Map<FeedStream, PartitionedTopic> topics;
  private final Optional<TruthFile> truthFile;
  private final Map<FeedStream, Callback> callbacks = new EnumMap<>(FeedStream.class);
  private Outcomes outcomes;

  /** Takes over the producer and closes it in the end. */
  KafkaFeedSink(
      Producer<byte[], byte[]> producer,
      Map<FeedStream, PartitionedTopic> topics,
      Optional<TruthFile> truthFile) {
    this.producer = producer;
    this.topics = new EnumMap<>(topics);
    this.truthFile = truthFile;
  }

  /**
   * Makes a sink; nothing connects before the first record.
   *
   * @param topics where each stream goes; a stream without a topic must not come, but for the truth
   *     if there is a file for it
   * @param truthFile takes the truth instead of a topic; closed in the end
   * @throws KafkaAccessException if the settings are wrong
   */
  public static KafkaFeedSink open(
      KafkaSettings settings,
      Map<FeedStream, PartitionedTopic> topics,
      Optional<TruthFile> truthFile) {
    try {
      return new KafkaFeedSink(
          new KafkaProducer<>(
              settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer()),
          topics,
          truthFile);
    } catch (org.apache.kafka.common.KafkaException e) {
      throw KafkaAccessException.wrongSettings(settings, e);
    }
  }

  @Override
  public void report(Outcomes to) {
    outcomes = to;
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
    FeedStream stream = record.stream();
    if (stream == FeedStream.TRUTH && truthFile.isPresent()) {
      truthFile.get().write(record.value());
      outcomes.acknowledged(FeedStream.TRUTH);
      return;
    }
    PartitionedTopic topic = topics.get(stream);
    // The callback tells all that the future would.
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic.name(),
                topic.partitionOf(record.key()),
                record.timeMs(),
                record.key(),
                record.value()),
            callbacks.get(stream));
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
    truthFile.ifPresent(TruthFile::close);
  }

  @Override
  public void abandon() {
    producer.close(Duration.ZERO);
    truthFile.ifPresent(TruthFile::close);
  }
}
