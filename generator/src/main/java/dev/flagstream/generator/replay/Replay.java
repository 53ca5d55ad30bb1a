package dev.flagstream.generator.replay;

import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.feed.PendingLabels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends the rows of files in their order, each when it is due, and what the files say of frauds to
 * topics of their own: the truth at once, the label when it is reported.
 *
 * <p>Used by one thread; {@link #rows} and {@link #behindNanos} by any.
 */
final class Replay {

  /**
   * Where everything goes, and when.
   *
   * @param topic of the rows
   * @param labelsTopic of the delayed labels
   * @param truthTopic of the truth, for evaluation only
   * @param delay of labels
   * @param speed of event time
   * @param maxRows how many rows to send
   */
  record Plan(
      String topic,
      String labelsTopic,
      String truthTopic,
      LabelDelay delay,
      Speed speed,
      long maxRows) {}

  private static final String UNKNOWN_SCENARIO = "unknown";
  private static final int MAX_PENDING_LABELS = 1_000_000;

  /** Delays follow from the transactions' ids alone: a file has no seed. */
  private static final long SEED = 0;

  private final Plan plan;
  private final RecordSink sink;
  private final PendingLabels pending = new PendingLabels(MAX_PENDING_LABELS);
  private final CountDownLatch stopRequested;

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
   * @param stopRequested once it is at zero, nothing more is sent
   */
  Replay(Plan plan, RecordSink sink, CountDownLatch stopRequested) {
    this.plan = plan;
    this.sink = sink;
    this.stopRequested = stopRequested;
  }

  boolean isStopped() {
    return stopRequested.getCount() == 0 || rows >= plan.maxRows() || sink.isHopeless();
  }

  /** Sends the rows of one file. */
  void send(ReplaySource source) throws InterruptedException {
    while (!isStopped()) {
      ReplayRow row = source.next();
      if (row == null) {
        return;
      }
      boolean paced = plan.speed().isPaced();
      if (row.timeMs() == ReplayRow.NO_TIME) {
        if (isTaken(row, null, source)) {
          sendRow(row, null);
        }
        // A row that is not taken must not have the labels sent that are due before it. But one
        // that
        // waits for its time may be taken when that has come.
      } else if ((paced || isTaken(row, row.timeMs(), source))
          && waitFor(row)
          && (!paced || isTaken(row, row.timeMs(), source))) {
        sendRow(row, row.timeMs());
        row.verdict()
            .filter(verdict -> verdict.fraud().isFraud())
            .ifPresent(verdict -> remember(verdict, row.timeMs()));
      }
    }
  }

  /**
   * Sends the labels that are left, in the order of their times. What is reported only after now,
   * nobody can know yet: such labels are counted and left out.
   */
  void finish(long nowMs) {
    while (pending.size() > 0 && pending.nextTimeMs() <= nowMs && !sink.isHopeless()) {
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
    return waitNanos <= 0 || !stopRequested.await(waitNanos, TimeUnit.NANOSECONDS);
  }

  private boolean isTaken(ReplayRow row, Long timeMs, ReplaySource source) {
    Optional<String> refusal = sink.refusal(plan.topic(), row.key(), row.value(), timeMs);
    refusal.ifPresent(source::reject);
    return refusal.isEmpty();
  }

  private void sendRow(ReplayRow row, Long timeMs) {
    sink.send(plan.topic(), row.key(), row.value(), timeMs);
    // Written by the replaying thread only; others just look at it.
    long next = rows + 1;
    rows = next;
  }

  private void remember(ReplayRow.Verdict verdict, long timeMs) {
    frauds++;
    String id = verdict.transactionId();
    FraudTruth truth =
        new FraudTruth(id, verdict.fraud().scenario().orElse(UNKNOWN_SCENARIO), timeMs);
    sink.send(plan.truthTopic(), keyOf(id), LabelJson.encode(truth), timeMs);
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
    sink.send(
        plan.labelsTopic(),
        keyOf(label.transactionId()),
        LabelJson.encode(label),
        label.reportedAtMs());
    labels++;
  }

  private static byte[] keyOf(String transactionId) {
    return transactionId.getBytes(StandardCharsets.UTF_8);
  }
}
