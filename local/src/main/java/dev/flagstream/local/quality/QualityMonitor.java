package dev.flagstream.local.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.ScoredRecord;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows verdicts, truth and labels from now on and compares them. The truth of earlier runs is
 * read, too: verdicts on their last transactions may still come. May be asked from any thread.
 */
public final class QualityMonitor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QualityMonitor.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long COMPARE_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::follow, "quality-monitor");
  private final Judgements judgements = new Judgements();
  private long labels;
  private Quality latest = Quality.NONE;
  private long comparedNanos = System.nanoTime() - COMPARE_EVERY_NANOS;
  private volatile boolean stopped;

  /** Why nothing is followed any more; null if all is well. */
  private volatile Throwable failure;

  /** A fraud as the truth tells it. */
  private record Fraud(@JsonProperty("transaction_id") String id) {}

  private QualityMonitor(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    thread.setDaemon(true);
  }

  /** Starts to follow; the topic of verdicts must exist, the other two are created if missing. */
  public static QualityMonitor start(KafkaSettings settings) {
    TransactionTopic.createIfMissing(settings, Environment.TRUTH_TOPIC);
    TransactionTopic.createIfMissing(settings, Environment.LABELS_TOPIC);
    Map<String, Object> properties = PipelineAddresses.clientProperties(settings);
    properties.put("isolation.level", "read_committed");
    // Looks on: to be answered twice a second is enough.
    properties.put("fetch.min.bytes", 1 << 20);
    QualityMonitor monitor =
        new QualityMonitor(
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    try {
      monitor.seek();
    } catch (RuntimeException e) {
      monitor.consumer.close();
      throw e;
    }
    monitor.thread.start();
    return monitor;
  }

  private void seek() {
    List<TopicPartition> verdicts = partitionsOf(Environment.SCORED_TOPIC);
    List<TopicPartition> truth = partitionsOf(Environment.TRUTH_TOPIC);
    List<TopicPartition> reported = partitionsOf(Environment.LABELS_TOPIC);
    List<TopicPartition> all = new ArrayList<>(verdicts);
    all.addAll(truth);
    all.addAll(reported);
    consumer.assign(all);
    consumer.seekToBeginning(truth);
    consumer.seekToEnd(verdicts);
    consumer.seekToEnd(reported);
    // Seeking is lazy; asked for now, the ends are those of now.
    all.forEach(consumer::position);
  }

  private List<TopicPartition> partitionsOf(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(each -> new TopicPartition(topic, each.partition()))
        .toList();
  }

  private void follow() {
    try {
      while (!stopped) {
        consumer.poll(POLL).forEach(this::note);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      LOG.error("Verdicts and truth cannot be followed any more", e);
    }
  }

  /**
   * Makes sure that the figures are still about all that was decided.
   *
   * @throws StackException if the topics cannot be followed any more
   */
  public void requireHealthy() {
    Throwable problem = failure;
    if (problem != null) {
      throw new StackException(
          "Cannot follow verdicts and truth any more, so that nobody knows how good they are: "
              + problem,
          problem);
    }
  }

  private synchronized void note(ConsumerRecord<byte[], byte[]> each) {
    switch (each.topic()) {
      case Environment.LABELS_TOPIC -> labels++;
      case Environment.TRUTH_TOPIC -> {
        read(each.value(), Fraud.class).map(Fraud::id).ifPresent(judgements::fraud);
      }
      case Environment.SCORED_TOPIC -> {
        if (each.value() != null) {
          judge(each);
        }
      }
      default -> throw new IllegalStateException("Not followed: " + each.topic());
    }
  }

  private void judge(ConsumerRecord<byte[], byte[]> each) {
    try {
      ScoredRecord record = ScoredRecord.parse(each);
      if (!record.id().isEmpty()) {
        judgements.judged(record.id(), record.flagged(), record.score());
      }
    } catch (UncheckedIOException e) {
      LOG.debug("A record that is not what its topic holds", e);
    }
  }

  private static <T> Optional<T> read(byte[] value, Class<T> type) {
    try {
      return value == null ? Optional.empty() : Optional.ofNullable(JSON.readValue(value, type));
    } catch (IOException e) {
      LOG.debug("A record that is not what its topic holds", e);
      return Optional.empty();
    }
  }

  /** The state of now, or of a moment ago: comparing all takes a while. */
  public synchronized Quality quality() {
    if (System.nanoTime() - comparedNanos >= COMPARE_EVERY_NANOS) {
      latest = judgements.compare(labels);
      comparedNanos = System.nanoTime();
    }
    return latest;
  }

  /**
   * Stops following; returns the state after everything that the topics hold now.
   *
   * @throws StackException if the topics could not be followed to here
   */
  public Quality finish() {
    stopThread();
    requireHealthy();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(this::note);
    }
    synchronized (this) {
      return judgements.compare(labels);
    }
  }

  private void stopThread() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopThread();
    consumer.close();
  }
}
