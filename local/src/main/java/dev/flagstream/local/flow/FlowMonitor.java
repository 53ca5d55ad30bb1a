package dev.flagstream.local.flow;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of the pipeline from their beginning and counts what becomes of the records.
 * May be asked from any thread.
 */
public final class FlowMonitor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlowMonitor.class);

  private static final List<String> TOPICS =
      List.of(
          Environment.INPUT_TOPIC,
          Environment.SCORED_TOPIC,
          Environment.REJECTED_TOPIC,
          Environment.FLAGGED_TOPIC);

  /** Handed to the watcher, not counted; a pipeline may do without. */
  private static final List<String> ONLY_WATCHED =
      List.of(Environment.UNPROCESSED_TOPIC, Environment.ALERTS_TOPIC);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int LAST_FLAGGED = 5;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> watcher;
  private final Thread thread = new Thread(this::follow, "flow-monitor");

  private long input;
  private long empty;
  private long scored;
  private long rejected;
  private long flagged;
  private final Deque<FlaggedTransaction> lastFlagged = new ArrayDeque<>();
  private CurrentWindow window = CurrentWindow.NONE;
  private volatile Throwable failure;

  private FlowMonitor(
      KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> watcher) {
    this.consumer = consumer;
    this.watcher = watcher;
    thread.setDaemon(true);
  }

  /**
   * Starts to follow, once the topics exist; first reads what is there already.
   *
   * @param watcher is handed each record that comes from then on, by the thread that reads
   * @return when everything that was there has been counted
   */
  public static FlowMonitor start(
      KafkaSettings kafka, Consumer<ConsumerRecord<byte[], byte[]>> watcher) {
    FlowMonitor monitor = new FlowMonitor(TopicReader.onlooker(kafka), watcher);
    monitor.catchUp();
    monitor.thread.start();
    return monitor;
  }

  /**
   * The same of what comes from now on alone: what is there already is neither counted nor read.
   *
   * @param watcher is handed each record, by the thread that reads
   */
  public static FlowMonitor startNow(
      KafkaSettings kafka, Consumer<ConsumerRecord<byte[], byte[]>> watcher) {
    FlowMonitor monitor = new FlowMonitor(TopicReader.onlooker(kafka), watcher);
    List<TopicPartition> partitions = monitor.assignAll();
    monitor.consumer.seekToEnd(partitions);
    // Seeking is lazy: until the positions are known, "now" would be the first poll.
    partitions.forEach(monitor.consumer::position);
    monitor.thread.start();
    return monitor;
  }

  private List<TopicPartition> assignAll() {
    List<TopicPartition> partitions = new ArrayList<>();
    TOPICS.forEach(topic -> partitions.addAll(TopicReader.partitionsOf(consumer, topic)));
    Set<String> topics = consumer.listTopics().keySet();
    ONLY_WATCHED.stream()
        .filter(topics::contains)
        .forEach(topic -> partitions.addAll(TopicReader.partitionsOf(consumer, topic)));
    consumer.assign(partitions);
    return partitions;
  }

  private void catchUp() {
    List<TopicPartition> partitions = assignAll();
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(POLL).forEach(this::count);
    }
  }

  private void follow() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          watcher.accept(each);
          count(each);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("Stopped following the topics", e);
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot follow the topics any more", e);
      failure = e;
    }
  }

  /**
   * Throws if the counts can no longer grow, so that nobody waits for them.
   *
   * @throws StackException if the topics cannot be followed any more
   */
  public void requireHealthy() {
    Throwable problem = failure;
    if (problem != null) {
      throw new StackException(
          "Cannot follow the topics any more, so that nothing can be counted: " + problem, problem);
    }
  }

  private synchronized void count(ConsumerRecord<byte[], byte[]> each) {
    switch (each.topic()) {
      case Environment.INPUT_TOPIC -> {
        input++;
        empty += each.value() == null ? 1 : 0;
      }
      case Environment.SCORED_TOPIC -> scored++;
      case Environment.REJECTED_TOPIC -> rejected++;
      case Environment.FLAGGED_TOPIC -> {
        flagged++;
        FlaggedTransaction.parse(each.value()).ifPresent(this::remember);
      }
      default -> LOG.trace("Only watched: {}", each.topic());
    }
  }

  private void remember(FlaggedTransaction transaction) {
    lastFlagged.addFirst(transaction);
    if (lastFlagged.size() > LAST_FLAGGED) {
      lastFlagged.removeLast();
    }
    window = window.plus(transaction);
  }

  /** The counts of now, the same moment for all of them. */
  public synchronized FlowCounts counts() {
    return new FlowCounts(input, empty, scored, rejected, flagged);
  }

  /** The latest flagged transactions, newest first. */
  public synchronized List<FlaggedTransaction> lastFlagged() {
    return List.copyOf(lastFlagged);
  }

  /** The newest window in which something was flagged. */
  public synchronized CurrentWindow currentWindow() {
    return window;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
