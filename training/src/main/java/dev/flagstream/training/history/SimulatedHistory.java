package dev.flagstream.training.history;

import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.training.table.TimeRange;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A range of a simulation as a history. For one thread. */
public final class SimulatedHistory implements Iterator<LabelledTransaction> {

  private final Iterator<SimulatedTransaction> transactions;
  private final TimeRange range;
  private final LabelDelay delay;
  private final long seed;
  private SimulatedTransaction lookahead;

  /**
   * A history before its first transaction.
   *
   * @param delay until a fraud is reported
   * @param seed of the delays
   */
  public SimulatedHistory(Simulation simulation, TimeRange range, LabelDelay delay, long seed) {
    this.transactions = simulation.from(range.from());
    this.range = range;
    this.delay = delay;
    this.seed = seed;
    advance();
  }

  private void advance() {
    lookahead = transactions.hasNext() ? transactions.next() : null;
    if (lookahead != null && !range.contains(lookahead.transaction().timestampMs())) {
      lookahead = null;
    }
  }

  @Override
  public boolean hasNext() {
    return lookahead != null;
  }

  @Override
  public LabelledTransaction next() {
    if (lookahead == null) {
      throw new NoSuchElementException();
    }
    SimulatedTransaction next = lookahead;
    advance();
    return new LabelledTransaction(next.transaction(), next.scenario().map(s -> fraud(next)));
  }

  private LabelledTransaction.Fraud fraud(SimulatedTransaction of) {
    return new LabelledTransaction.Fraud(
        of.scenario().orElseThrow().label(),
        of.transaction().timestampMs() + delay.delayMs(seed, of.transaction().transactionId()));
  }
}
