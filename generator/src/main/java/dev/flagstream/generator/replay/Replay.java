package dev.flagstream.generator.replay;

import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.feed.PendingLabels;
import dev.flagstream.generator.producer.FeedRecord;
import dev.flagstream.generator.producer.JsonLinesSink;
import dev.flagstream.generator.producer.RecordSink;
import dev.flagstream.generator.producer.SendCounts;
import dev.flagstream.generator.producer.SendTally;
import dev.flagstream.generator.producer.StopRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends the rows of files in their order, each when it is due, and what the files say of frauds to
 * topics of their own: the truth at once, the label when it is reported.
 *
 * <p>Used by one thread; {@link #rows}, {@link #behindNanos} and what is counted by any.
 */
final class Replay {

  /**
   * What is sent, and when.
   *
   * @param delay of labels
   * @param speed of event time
   * @param maxRows how many rows to send
   */
  record Plan(LabelDelay delay, Speed speed, long maxRows) {}

  /** Knows which records would not be taken. */
  interface Limits {

    /**
     * Why a record would be refused, in the words for a row, such as "is too large"; empty if it
     * would not.
     */
    Optional<String> refusal(FeedRecord record);
  }

  private static final String UNKNOWN_SCENARIO = "unknown";
  private static final int MAX_PENDING_LABELS = 1_000_000;

  /** Delays follow from the transactions' ids alone: a file has no seed. */
  private static final long SEED = 0;

  private final Plan plan;
  private final RecordSink sink;
  private final PendingLabels pending = new PendingLabels(MAX_PENDING_LABELS);
  private final Limits limits;
  private final StopRequest stop;
  private final SendTally tally = new SendTally(this::learn);
  private volatile boolean hopeless;

  private boolean started;
  private long firstTimeMs;
  private long startNanos;
  private long lastTimeMs = Long.MIN_VALUE;
  private volatile long rows;
  private volatile long behindNanos;
  private long frauds;
  private long labels;
  private long unreported;
  private long outOfOrder;

  /**
   * Prepares a replay.
   *
   * @param sink stays open
   * @param stop once it is requested, nothing more is sent
   */
  Replay(Plan plan, RecordSink sink, Limits limits, StopRequest stop) {
    this.plan = plan;
    this.sink = sink;
    this.limits = limits;
    this.stop = stop;
    sink.report(tally);
  }

  /**
   * Notes a failure. A single record may fail; if the reason affects all records, no more are sent.
   */
  private void learn(Exception failure) {
    // A broker that is away for two minutes fails records by timeout; the others would follow.
    hopeless |=
        failure instanceof AuthorizationException
            || failure instanceof AuthenticationException
            || failure instanceof TimeoutException
            || failure instanceof JsonLinesSink.OutputClosedException;
  }

  /** What became of all records: rows, truth and labels. */
  SendCounts counts() {
    return tally.total();
  }

  /** Why the first record failed; that nobody reads the output does not count as one. */
  Optional<Exception> firstFailure() {
    return tally
        .firstFailure()
        .filter(cause -> !(cause instanceof JsonLinesSink.OutputClosedException));
  }

  boolean isStopped() {
    return stop.isMade() || rows >= plan.maxRows() || hopeless;
  }

  /** Sends the rows of one file. */
  void send(ReplaySource source) throws InterruptedException {
    while (!isStopped()) {
      ReplayRow row = source.next();
      if (row == null) {
        return;
      }
      boolean paced = plan.speed().isPaced();
      FeedRecord record =
          new FeedRecord(FeedStream.TRANSACTIONS, row.timeMs(), row.key(), row.value());
      if (row.timeMs() == ReplayRow.NO_TIME) {
        if (isTaken(record, source)) {
          sendRow(record);
        }
        // A row that is not taken must not have the labels sent that are due before it. But one
        // that waits for its time may be taken when that has come.
      } else if ((paced || isTaken(record, source))
          && waitFor(row)
          && (!paced || isTaken(record, source))) {
        sendRow(record);
        row.verdict()
            .filter(verdict -> verdict.fraud().isFraud())
            .ifPresent(verdict -> remember(verdict, row.timeMs()));
      }
    }
  }

  /**
   * Sends the labels that are left, in the order of their times. Labels that are reported only
   * after {@code nowMs} cannot be known yet: they are counted and left out.
   */
  void finish(long nowMs) {
    while (pending.size() > 0 && pending.nextTimeMs() <= nowMs && !hopeless) {
      sendLabel();
    }
    unreported = pending.size();
  }

  /** How many rows were handed to the sink. */
  long rows() {
    return rows;
  }

  /** How late the latest row was sent, in nanoseconds; 0 if it was on time. */
  long behindNanos() {
    return behindNanos;
  }

  /** How many of the rows were frauds. */
  long frauds() {
    return frauds;
  }

  /** How many labels were handed to the sink. */
  long labels() {
    return labels;
  }

  /** How many labels {@link #finish} left out. */
  long unreported() {
    return unreported;
  }

  /** How many rows were earlier than the row before them. */
  long outOfOrder() {
    return outOfOrder;
  }

  /** Waits until the row is due, sending the labels that are due before; false if stopped. */
  private boolean waitFor(ReplayRow row) throws InterruptedException {
    if (!started) {
      started = true;
      firstTimeMs = row.timeMs();
      startNanos = System.nanoTime();
    }
    if (row.timeMs() < lastTimeMs) {
      outOfOrder++;
    }
    lastTimeMs = row.timeMs();
    while (pending.nextTimeMs() <= row.timeMs()) {
      if (!isDue(pending.nextTimeMs())) {
        return false;
      }
      sendLabel();
    }
    return isDue(row.timeMs());
  }

  /** Waits until an event time is due; false if the replay was stopped before. */
  private boolean isDue(long timeMs) throws InterruptedException {
    if (!plan.speed().isPaced()) {
      return true;
    }
    long dueNanos = plan.speed().dueNanos(Math.max(0, timeMs - firstTimeMs));
    long waitNanos = startNanos + dueNanos - System.nanoTime();
    behindNanos = Math.max(0, -waitNanos);
    return waitNanos <= 0 || !stop.isMadeWithin(waitNanos);
  }

  private boolean isTaken(FeedRecord row, ReplaySource source) {
    Optional<String> refusal = limits.refusal(row);
    refusal.ifPresent(source::reject);
    return refusal.isEmpty();
  }

  private void sendRow(FeedRecord row) {
    tally.send(sink, row);
    // Written by the replaying thread only; others just look at it.
    long next = rows + 1;
    rows = next;
  }

  private void remember(ReplayRow.Verdict verdict, long timeMs) {
    frauds++;
    String id = verdict.transactionId();
    FraudTruth truth =
        new FraudTruth(id, verdict.fraud().scenario().orElse(UNKNOWN_SCENARIO), timeMs);
    send(FeedStream.TRUTH, id, LabelJson.encode(truth), timeMs);
    pending.add(
        new FraudLabel(
            id,
            verdict.merchantId(),
            verdict.customerId(),
            true,
            timeMs,
            timeMs + plan.delay().delayMs(SEED, id)));
  }

  private void sendLabel() {
    FraudLabel label = pending.next();
    send(FeedStream.LABELS, label.transactionId(), LabelJson.encode(label), label.reportedAtMs());
    labels++;
  }

  private void send(FeedStream stream, String transactionId, byte[] value, long timeMs) {
    byte[] key = transactionId.getBytes(StandardCharsets.UTF_8);
    tally.send(sink, new FeedRecord(stream, timeMs, key, value));
  }
}
