package dev.flagstream.engine.statement.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.statement.config.EngineConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of all commands of a service: one partition, kept for ever, written in transactions so
 * that of two servers of the same service only one writes at a time.
 */
public final class CommandTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandTopic.class);
  private static final Duration END_OFFSET_TIMEOUT = Duration.ofSeconds(10);

  private final TopicPartition partition;
  private final Map<String, Object> clients;
  private final String transactionalId;

  /** Kept between commands, which come in dozens at a start; null until one is written. */
  private Producer<byte[], byte[]> writer;

  public CommandTopic(EngineConfig config) {
    partition = new TopicPartition(config.commandTopic(), 0);
    clients = config.kafkaClientProperties();
    transactionalId = config.serviceId().isEmpty() ? "ksql" : config.serviceId();
  }

  /** Makes the topic unless it is there. */
  public void createIfMissing(Admin admin, short replicas) {
    NewTopic topic =
        new NewTopic(partition.topic(), 1, replicas)
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG, "-1",
                    TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(
            "Cannot create the command topic '%s': %s"
                .formatted(partition.topic(), e.getCause().getMessage()),
            e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating the command topic", e);
    }
  }

  TopicPartition partition() {
    return partition;
  }

  /** A reader of committed commands, at the beginning of the topic. */
  Consumer<byte[], byte[]> newConsumer() {
    TreeMap<String, Object> properties = new TreeMap<>(clients);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }

  /** The offset after the last committed command. */
  long endOffset(Consumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(List.of(partition), END_OFFSET_TIMEOUT).get(partition);
  }

  /**
   * Starts a transaction that keeps other writers of the service out until it is closed. For one
   * thread at a time.
   */
  Transaction begin() {
    try {
      if (writer == null) {
        writer = newWriter();
        writer.initTransactions();
      }
      writer.beginTransaction();
      return new Transaction(writer);
    } catch (RuntimeException e) {
      discardWriter();
      throw e;
    }
  }

  private Producer<byte[], byte[]> newWriter() {
    TreeMap<String, Object> properties = new TreeMap<>(clients);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void discardWriter() {
    if (writer != null) {
      writer.close(Duration.ZERO);
      writer = null;
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close(Duration.ofSeconds(5));
      writer = null;
    }
  }

  /**
   * Another server of the service has written since this one did, or the broker has forgotten this
   * writer: what was about to be written has to be checked anew, and then may be.
   */
  static final class OvertakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OvertakenException(Throwable cause) {
      super("Another server of the service has written a command", cause);
    }
  }

  /** The right to write one command. */
  final class Transaction implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private boolean committed;

    private Transaction(Producer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    /**
     * Writes the command and returns its offset.
     *
     * @throws OvertakenException if it was not written, but may be in a new transaction
     */
    long commit(CommandId id, Command command) throws InterruptedException {
      byte[] key = ("\"" + id.toString().replace("\"", "\\\"") + "\"").getBytes(UTF_8);
      try {
        long offset =
            producer
                .send(
                    new ProducerRecord<>(
                        partition.topic(), partition.partition(), key, command.toJson()))
                .get()
                .offset();
        producer.commitTransaction();
        committed = true;
        return offset;
      } catch (ExecutionException e) {
        throw notWritten(e.getCause());
      } catch (KafkaException e) {
        throw notWritten(e);
      }
    }

    private static RuntimeException notWritten(Throwable cause) {
      return cause instanceof ProducerFencedException
              || cause instanceof InvalidProducerEpochException
              || cause instanceof InvalidPidMappingException
          ? new OvertakenException(cause)
          : new IllegalStateException(
              "Could not write the statement into the command topic: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
      if (committed) {
        return;
      }
      try {
        producer.abortTransaction();
      } catch (KafkaException e) {
        LOG.debug("The writer of commands is given up", e);
        discardWriter();
      }
    }
  }
}
