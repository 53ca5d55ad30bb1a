package dev.flagstream.generator.replay;

import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TopicLimits;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to Kafka topics. */
final class KafkaRecordSink implements RecordSink, Callback {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final TopicLimits limits;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
  private volatile boolean hopeless;

  /**
   * Makes a sink; it connects before the first record only to ask for the limits of the topics.
   *
   * @param topics those that records will be sent to
   * @throws KafkaAccessException if the settings are wrong
   */
  KafkaRecordSink(KafkaSettings settings, Collection<String> topics) {
    limits = TopicLimits.of(settings, topics);
    try {
      producer =
          new KafkaProducer<>(
              settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw KafkaAccessException.wrongSettings(settings, e);
    }
  }

  @Override
  public void send(String topic, byte[] key, byte[] value, Long timeMs) {
    // The callback tells all that the future would.
    var unused = producer.send(new ProducerRecord<>(topic, null, timeMs, key, value), this);
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception failure) {
    if (failure == null) {
      acknowledged.incrementAndGet();
      return;
    }
    failed.incrementAndGet();
    firstFailure.compareAndSet(null, failure);
    // A broker that is away for two minutes fails records by timeout; the others would follow.
    hopeless |=
        failure instanceof AuthorizationException
            || failure instanceof AuthenticationException
            || failure instanceof TimeoutException;
  }

  @Override
  public Optional<String> refusal(String topic, byte[] key, byte[] value, Long timeMs) {
    return limits.refusal(topic, key, value, timeMs, System.currentTimeMillis());
  }

  @Override
  public long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public long failed() {
    return failed.get();
  }

  @Override
  public Optional<Exception> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }

  @Override
  public boolean isHopeless() {
    return hopeless;
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
