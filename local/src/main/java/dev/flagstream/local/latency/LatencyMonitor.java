package dev.flagstream.local.latency;

import com.mongodb.client.MongoCollection;
import dev.flagstream.local.flow.ScoredRecord;
import dev.flagstream.local.settings.Environment;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long transactions take from the till to a reader of the input topic, to a reader of
 * the decisions, and to a query of MongoDB.
 *
 * <p>The till's time is the transaction's own, which the records carry as their timestamp. It costs
 * the pipeline nothing but readers: records are handed in by whoever reads the topics anyway, and
 * MongoDB is asked for a few ids at a time ({@link ArrivalsInStore}). All it says is on the safe
 * side: a reader that is late makes a latency longer, never shorter.
 *
 * <p>Thread-safe; {@link #accept} is for one thread.
 */
public final class LatencyMonitor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LatencyMonitor.class);

  private final InstantSource clock;
  private final LatencyHistogram toTopic = new LatencyHistogram();
  private final LatencyHistogram toDecision = new LatencyHistogram();
  private final LatencyHistogram toStore = new LatencyHistogram();
  private final ArrivalsInStore arrivals;
  private volatile long fromMs = Long.MAX_VALUE;

  /** Measures nothing until {@link #begin}. */
  LatencyMonitor(InstantSource clock, StoredIds stored) {
    this.clock = clock;
    this.arrivals = new ArrivalsInStore(clock, stored, toStore);
  }

  /**
   * Starts to ask for decisions in MongoDB; measures nothing until {@link #begin}.
   *
   * @param scored the collection of the decisions
   */
  public static LatencyMonitor start(MongoCollection<Document> scored) {
    LatencyMonitor monitor = new LatencyMonitor(InstantSource.system(), StoredIds.in(scored));
    monitor.arrivals.start();
    return monitor;
  }

  /**
   * Measures what happens at the till from a time on.
   *
   * @param epochMs earlier transactions, those of earlier runs say, do not count
   */
  public void begin(long epochMs) {
    fromMs = epochMs;
  }

  /** Takes note of a record of the input topic or of the decisions that was read just now. */
  public void accept(ConsumerRecord<byte[], byte[]> each) {
    if (each.timestamp() < fromMs) {
      return;
    }
    switch (each.topic()) {
      case Environment.INPUT_TOPIC -> toTopic.record(clock.millis() - each.timestamp());
      case Environment.SCORED_TOPIC -> {
        toDecision.record(clock.millis() - each.timestamp());
        follow(each);
      }
      default -> LOG.trace("Not measured: {}", each.topic());
    }
  }

  private void follow(ConsumerRecord<byte[], byte[]> each) {
    if (each.value() == null) {
      return;
    }
    try {
      String id = ScoredRecord.parse(each).id();
      if (!id.isEmpty()) {
        arrivals.expect(each.partition(), id, each.timestamp());
      }
    } catch (UncheckedIOException e) {
      LOG.debug("A record that is not what its topic holds", e);
    }
  }

  /** Of all transactions since the beginning. */
  public LatencyFigures all() {
    return new LatencyFigures(
        toTopic.all(), toDecision.all(), toStore.all(), arrivals.notFollowed());
  }

  /** The same in buckets, a stage each. */
  public List<LatencyBuckets> buckets() {
    return List.of(
        toTopic.buckets("topic"), toDecision.buckets("decision"), toStore.buckets("store"));
  }

  /** Of about the last ten seconds, if asked twice a second. */
  public LatencyFigures lately() {
    return new LatencyFigures(
        toTopic.lately(), toDecision.lately(), toStore.lately(), arrivals.notFollowed());
  }

  @Override
  public void close() {
    arrivals.close();
  }
}
