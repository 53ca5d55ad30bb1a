package dev.flagstream.generator.feed;

import dev.flagstream.generator.simulation.SimulatedTransaction;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

/**
 * Everything a run gives out, in the order of event time: each transaction, right after it the
 * truth if it is a fraud, and its label when its time has come. At the same time the order is
 * label, transaction, truth. Not safe for use by several threads.
 */
public final class Feed implements Iterator<FeedEvent> {

  /** As {@code endTimeMs}: no end. */
  public static final long ENDLESS = Long.MAX_VALUE;

  /** How many labels may wait: about 200 bytes each. */
  public static final int MAX_PENDING_LABELS = 1_000_000;

  /** What becomes of labels. */
  public enum Labels {
    /** Those that are reported before the end. */
    DUE,
    /** Also those that are reported later: they come at the end, in the order of their times. */
    ALL,
    /** No labels at all. */
    NONE
  }

  private final Iterator<SimulatedTransaction> transactions;
  private final LabelDelay delay;
  private final long seed;
  private final Labels labels;
  private final long endTimeMs;
  private final LongConsumer onEnd;
  private final PendingLabels pending = new PendingLabels(MAX_PENDING_LABELS);

  private SimulatedTransaction lookahead;
  private FraudTruth truth;
  private boolean paymentsEnded;
  private boolean ended;

  /**
   * Merges transactions, truth and labels.
   *
   * @param transactions in event-time order
   * @param delay of labels
   * @param seed from which the delays follow, with the transactions' ids
   * @param endTimeMs the first event time that no longer belongs, or {@link #ENDLESS}
   * @param onEnd receives how many labels are left out because they are reported after the end
   */
  public Feed(
      Iterator<SimulatedTransaction> transactions,
      LabelDelay delay,
      long seed,
      Labels labels,
      long endTimeMs,
      LongConsumer onEnd) {
    this.transactions = transactions;
    this.delay = delay;
    this.seed = seed;
    this.labels = labels;
    this.endTimeMs = endTimeMs;
    this.onEnd = onEnd;
  }

  @Override
  public boolean hasNext() {
    if (ended) {
      return false;
    }
    lookAhead();
    if (truth != null || lookahead != null || isLabelNext(Long.MAX_VALUE)) {
      return true;
    }
    ended = true;
    onEnd.accept(pending.size());
    return false;
  }

  /**
   * The next record of the run.
   *
   * @throws TooManyPendingLabelsException if {@link #MAX_PENDING_LABELS} wait
   */
  @Override
  public FeedEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (truth != null) {
      FraudTruth next = truth;
      truth = null;
      return next;
    }
    if (isLabelNext(lookahead == null ? Long.MAX_VALUE : lookahead.transaction().timestampMs())) {
      return pending.next();
    }
    return nextPayment();
  }

  private void lookAhead() {
    if (lookahead != null || paymentsEnded) {
      return;
    }
    if (transactions.hasNext()) {
      lookahead = transactions.next();
    }
    if (lookahead == null || lookahead.transaction().timestampMs() >= endTimeMs) {
      lookahead = null;
      paymentsEnded = true;
    }
  }

  private boolean isLabelNext(long untilMs) {
    long nextMs = pending.nextTimeMs();
    return pending.size() > 0 && nextMs <= untilMs && (labels == Labels.ALL || nextMs < endTimeMs);
  }

  private Payment nextPayment() {
    SimulatedTransaction next = lookahead;
    lookahead = null;
    next.scenario().ifPresent(scenario -> remember(next, scenario.label()));
    return new Payment(next.transaction());
  }

  private void remember(SimulatedTransaction fraud, String scenario) {
    String id = fraud.transaction().transactionId();
    long timeMs = fraud.transaction().timestampMs();
    truth = new FraudTruth(id, scenario, timeMs);
    if (labels != Labels.NONE) {
      pending.add(
          new FraudLabel(
              id,
              fraud.transaction().acceptor().merchantId(),
              fraud.transaction().cardholder().customerId(),
              true,
              timeMs,
              timeMs + delay.delayMs(seed, id)));
    }
  }
}
