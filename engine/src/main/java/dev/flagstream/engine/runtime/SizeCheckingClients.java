package dev.flagstream.engine.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka clients of queries. Their producers refuse a record that is too large for its topic
 * before it becomes part of a transaction: once it is, the whole transaction has failed, and the
 * query would come to the same record again and again.
 */
final class SizeCheckingClients implements KafkaClientSupplier {

  private static final Logger LOG = LoggerFactory.getLogger(SizeCheckingClients.class);

  /** More than what Kafka adds to a key and a value that stand alone in a batch. */
  private static final int OVERHEAD_BYTES = 128;

  private static final int MAX_REQUEST_BYTES = 1024 * 1024;
  private static final long TIMEOUT_SECONDS = 10;

  /** A table without some of its changes would not be restored as it was: rather fail. */
  private static final String CHANGELOG = "-changelog";

  private final Admin topics;
  private final Map<String, Integer> limits = new ConcurrentHashMap<>();

  /** Clients that look up the limits of topics with this one, which stays the caller's to close. */
  SizeCheckingClients(Admin topics) {
    this.topics = topics;
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new SizeCheckingProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  private final class SizeCheckingProducer extends KafkaProducer<byte[], byte[]> {
    private final int maxRequestBytes;
    private final boolean compresses;

    SizeCheckingProducer(Map<String, Object> config) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      maxRequestBytes =
          Integer.parseInt(
              String.valueOf(
                  config.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES)));
      compresses =
          !"none"
              .equals(
                  String.valueOf(
                      config.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none")));
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      int size = length(record.key()) + length(record.value()) + OVERHEAD_BYTES;
      int limit = limit(record.topic());
      if (size <= limit || record.topic().endsWith(CHANGELOG) || callback == null) {
        return super.send(record, callback);
      }
      var error =
          new RecordTooLargeException(
              "The record has %d bytes, more than the %d that topic %s takes"
                  .formatted(size, limit, record.topic()));
      callback.onCompletion(null, error);
      return CompletableFuture.failedFuture(error);
    }

    /** A compressed record may be smaller by any amount than what it is made of. */
    private int limit(String topic) {
      return compresses
          ? maxRequestBytes
          : Math.min(
              maxRequestBytes, limits.computeIfAbsent(topic, SizeCheckingClients.this::limitOf));
    }
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private int limitOf(String topic) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return Integer.parseInt(
          topics
              .describeConfigs(Collections.singleton(resource))
              .all()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .get(resource)
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
              .value());
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("How large the records of topic {} may be is not known", topic, e);
      return Integer.MAX_VALUE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Integer.MAX_VALUE;
    }
  }
}
