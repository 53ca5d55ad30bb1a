package dev.flagstream.engine.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The Kafka clients of queries. Their producers refuse a record that its topic does not take before
 * it becomes part of a transaction: once it is, the whole transaction has failed, and the query
 * would come to the same record again and again.
 *
 * <p>Known beforehand are the limits of size and time, and whether a topic needs keys. What the
 * broker refuses all the same costs its stream thread once; it is remembered, and refused here when
 * it comes again. What it refuses for its time alone, since its clock and this one differ, is tried
 * again until they agree.
 */
final class RecordCheckingClients implements KafkaClientSupplier {

  private static final int MAX_REQUEST_BYTES = 1024 * 1024;

  /** A table without some of its changes would not be restored as it was: rather fail. */
  private static final String CHANGELOG = "-changelog";

  /** What the names of all topics begin with that queries keep for themselves. */
  private static final String INTERNAL = "_confluent-ksql-";

  private final WriteLimits limits;
  private final RefusedRecords refused = new RefusedRecords();

  /** Clients that look up the limits of topics with this one, which stays the caller's to close. */
  RecordCheckingClients(Admin topics) {
    this.limits = new WriteLimits(topics);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new CheckingProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new LeavingConsumer(config);
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

  /**
   * Leaves its group whenever it is closed. Kafka Streams leaves the consumer of a dead thread in
   * the group, and its successor would get no partition before the session had timed out.
   */
  private static final class LeavingConsumer extends KafkaConsumer<byte[], byte[]> {
    LeavingConsumer(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close(CloseOptions options) {
      super.close(options.withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
  }

  private final class CheckingProducer extends KafkaProducer<byte[], byte[]> {
    private final int maxRequestBytes;
    private final RecordSize sizes;

    CheckingProducer(Map<String, Object> config) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      maxRequestBytes =
          Integer.parseInt(
              String.valueOf(
                  config.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES)));
      sizes = new RecordSize(config);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (callback == null) {
        return super.send(record, null);
      }
      if (record.topic().endsWith(CHANGELOG) && record.topic().startsWith(INTERNAL)) {
        return super.send(
            record, (metadata, error) -> callback.onCompletion(metadata, notToSkip(error)));
      }
      Optional<ApiException> refusal = refusal(record);
      if (refusal.isPresent()) {
        callback.onCompletion(null, refusal.get());
        return CompletableFuture.failedFuture(refusal.get());
      }
      return super.send(
          record, (metadata, error) -> callback.onCompletion(metadata, answered(record, error)));
    }

    /**
     * An error as the query is told it. A record that is at fault is remembered, and left out when
     * the query comes to it again: by now the query is at a later one, whose place would be noted
     * for it. Where it is not known what a topic takes, it is left out at once, as far as that
     * goes.
     */
    private Exception answered(ProducerRecord<byte[], byte[]> record, Exception error) {
      if (!RefusedRecords.isOfARecord(error)) {
        return error;
      }
      boolean known = limits.areKnown(record.topic());
      limits.lookUpAgain(record.topic());
      if (known && !isAtFault(record, error)) {
        return notToSkip(error);
      }
      refused.remember(record, (ApiException) error);
      return known
          ? new KafkaException(
              "The broker refused a record, which is left out when it comes again. "
                  + error.getMessage(),
              error)
          : error;
    }

    /**
     * Whether the record is why sending it failed, now and for ever. That one is too large is told
     * to all that waited with it in a transaction; only a large one can be meant. And a time that
     * the broker does not take, though the topic's limits do by this machine's clock, will do once
     * the limits are looked up again or the clocks agree: until then the query waits, as with a
     * broker an hour behind nothing could be written, and nothing must be lost.
     */
    private boolean isAtFault(ProducerRecord<byte[], byte[]> record, Exception error) {
      return !RefusedRecords.isOfTime(error)
          && (!(error instanceof RecordTooLargeException)
              || limits.isNearlyTooLarge(record, sizes));
    }

    private Optional<ApiException> refusal(ProducerRecord<byte[], byte[]> record) {
      int bytes = RecordSize.plain(record);
      if (bytes > maxRequestBytes) {
        return Optional.of(
            new RecordTooLargeException(
                "The record has %d bytes, more than the %d that a request takes"
                    .formatted(bytes, maxRequestBytes)));
      }
      Optional<ApiException> beyond = limits.refusal(record, sizes);
      return beyond.isPresent() ? beyond : refused.find(record);
    }
  }

  /** The error as one for which no record must be left out; null stays null. */
  private static Exception notToSkip(Exception error) {
    if (!RefusedRecords.isOfARecord(error)) {
      return error;
    }
    return new KafkaException(
        RefusedRecords.isOfTime(error)
            ? "The broker does not take the record's time, though by this machine's clock it"
                + " should: see whether their clocks agree. "
                + error.getMessage()
            : "Another record of the same transaction was refused. " + error.getMessage(),
        error);
  }
}
