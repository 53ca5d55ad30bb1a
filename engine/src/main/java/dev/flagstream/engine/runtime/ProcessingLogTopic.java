package dev.flagstream.engine.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.flagstream.engine.topology.log.FailureText;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.log.RecordPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what could not be processed to a topic, in ksqlDB's format, and where the record is.
 *
 * <p>What rows hold is written only if asked for: the topic would otherwise spread what the input
 * topic alone may hold. Messages may quote a piece of what could not be read; runs of {@value
 * #SHORTEST_NUMBER} digits or more, which may be a card's number, are left out of them then.
 *
 * <p>While there is no such topic, entries are counted and left out: waiting for it with each of
 * them would hold up the queries.
 */
public final class ProcessingLogTopic implements ProcessingLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessingLogTopic.class);
  private static final JsonFactory JSON = new JsonFactory();

  /** The members of a message, in order; all but the one of its type are null. */
  private static final String[] KINDS = {
    "deserializationError",
    "recordProcessingError",
    "productionError",
    "serializationError",
    "kafkaStreamsThreadError"
  };

  private static final int DESERIALIZATION = 0;
  private static final int RECORD_PROCESSING = 1;
  private static final int PRODUCTION = 2;
  private static final int SERIALIZATION = 3;
  private static final int STREAM_THREAD = 4;

  /** The shortest card numbers have 12 digits. */
  private static final int SHORTEST_NUMBER = 12;

  private static final Pattern LONG_NUMBER =
      Pattern.compile("[0-9](?:[ -]?[0-9]){" + (SHORTEST_NUMBER - 1) + ",}+");

  /** Waiting for a broker that is away must not hold up a stream thread for long. */
  private static final int MAX_BLOCK_MS = 2_000;

  /** How long entries are left out after one has waited for the topic in vain. */
  static final long RETRY_MS = 30_000;

  private final String topic;
  private final boolean includeRows;
  private final Clock clock;
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong nextTryMs = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong leftOut = new AtomicLong();

  /**
   * A log in a topic, which must exist or be made by the broker.
   *
   * @param includeRows whether entries hold the contents of rows
   * @param clientProperties how to reach the broker
   */
  public ProcessingLogTopic(
      String topic, boolean includeRows, Map<String, Object> clientProperties) {
    this(topic, includeRows, Clock.systemUTC(), producer(clientProperties));
  }

  ProcessingLogTopic(
      String topic, boolean includeRows, Clock clock, Producer<byte[], byte[]> producer) {
    this.topic = topic;
    this.includeRows = includeRows;
    this.clock = clock;
    this.producer = producer;
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.keySet().retainAll(ProducerConfig.configNames());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void unreadable(
      String logger, String source, RecordPart part, RuntimeException error, byte[] bytes) {
    send(
        logger,
        DESERIALIZATION,
        json -> {
          json.writeStringField("target", part.label());
          json.writeStringField(
              "errorMessage",
              "Failed to deserialize "
                  + part.label()
                  + " from topic: "
                  + source
                  + ". "
                  + text(FailureText.of(error)));
          json.writeStringField(
              "recordB64", includeRows ? Base64.getEncoder().encodeToString(bytes) : null);
          writeCauses(json, error);
          json.writeStringField("topic", source);
        });
  }

  @Override
  public void failed(
      String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
    send(
        logger,
        RECORD_PROCESSING,
        json -> {
          json.writeStringField("errorMessage", text(message));
          json.writeStringField("record", includeRows ? row.get() : null);
          writeCauses(json, cause.orElse(null));
        });
  }

  @Override
  public void unwritten(String logger, String message) {
    send(logger, PRODUCTION, json -> json.writeStringField("errorMessage", text(message)));
  }

  @Override
  public void unserializable(
      String logger, String sink, RecordPart part, Throwable error, Supplier<String> row) {
    send(
        logger,
        SERIALIZATION,
        json -> {
          json.writeStringField("target", part.label());
          json.writeStringField(
              "errorMessage",
              "Error serializing "
                  + part.label()
                  + " to topic: "
                  + sink
                  + ". "
                  + text(FailureText.of(error)));
          json.writeStringField("record", includeRows ? row.get() : null);
          writeCauses(json, error);
          json.writeStringField("topic", sink);
        });
  }

  @Override
  public void threadDied(String logger, String threadName, Throwable error) {
    send(
        logger,
        STREAM_THREAD,
        json -> {
          json.writeStringField("errorMessage", text(FailureText.of(error)));
          json.writeStringField("threadName", threadName);
          writeCauses(json, error.getCause());
        });
  }

  /** The message, without long numbers unless the log may hold the contents of rows. */
  private String text(String message) {
    String whole = String.valueOf(message);
    return includeRows ? whole : LONG_NUMBER.matcher(whole).replaceAll("…");
  }

  private void writeCauses(JsonGenerator json, Throwable first) throws IOException {
    json.writeArrayFieldStart("cause");
    for (Throwable cause = first; cause != null; cause = cause.getCause()) {
      json.writeString(text(FailureText.of(cause)));
    }
    json.writeEndArray();
  }

  private interface Details {
    void write(JsonGenerator json) throws IOException;
  }

  private void send(String logger, int type, Details details) {
    if (clock.millis() < nextTryMs.get()) {
      leftOut.incrementAndGet();
      return;
    }
    byte[] entry = entry(logger, type, details);
    try {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, entry),
              (metadata, error) -> {
                if (error != null) {
                  notWritten(logger, error);
                }
              });
    } catch (KafkaException e) {
      notWritten(logger, e);
    }
  }

  private void notWritten(String logger, Exception error) {
    LOG.warn(
        "Entry of {} did not reach topic {}, nor did {} before it. If there is no such topic, create it,"
            + " or start the server with ksql.logging.processing.topic.auto.create=true",
        logger,
        topic,
        leftOut.getAndSet(0),
        error);
    if (error instanceof UnknownTopicOrPartitionException
        || error.getCause() instanceof UnknownTopicOrPartitionException) {
      nextTryMs.set(clock.millis() + RETRY_MS);
    }
  }

  private byte[] entry(String logger, int type, Details details) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("logger", logger);
      json.writeStringField("level", "ERROR");
      json.writeNumberField("time", clock.millis());
      json.writeObjectFieldStart("message");
      json.writeNumberField("type", type);
      for (int kind = 0; kind < KINDS.length; kind++) {
        if (kind == type) {
          json.writeObjectFieldStart(KINDS[kind]);
          details.write(json);
          json.writeEndObject();
        } else {
          json.writeNullField(KINDS[kind]);
        }
      }
      json.writeEndObject();
      writeSource(json, type);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** Which record it was about; no member of ksqlDB's, whose readers pass over it. */
  private static void writeSource(JsonGenerator json, int type) throws IOException {
    Optional<RecordPlace> place = type == STREAM_THREAD ? Optional.empty() : RecordPlace.current();
    if (place.isPresent()) {
      json.writeObjectFieldStart("source");
      json.writeStringField("topic", place.get().topic());
      json.writeNumberField("partition", place.get().partition());
      json.writeNumberField("offset", place.get().offset());
      json.writeEndObject();
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
