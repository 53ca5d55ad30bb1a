package dev.flagstream.generator.feed;

import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.transaction.Transaction;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The beginning of a run, in which its customers join one after the other, so that the rate climbs
 * in a straight line from nothing to its mean.
 *
 * <p>Whoever has joined makes every payment: none is left out from between a card's others. When a
 * customer joins follows from the seed and the customer's id alone. Immutable.
 *
 * @param seed from which the times follow
 * @param startMs event time of the beginning, milliseconds since the epoch
 * @param length how long it takes until everybody has joined; zero: everybody is there at once
 */
public record WarmUp(long seed, long startMs, Duration length) {

  private static final double UNIT = 0x1.0p-53;
  private static final int SURPLUS_BITS = 11;

  public WarmUp {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a warm-up cannot be shorter than nothing");
    }
  }

  /**
   * Those transactions whose customers have joined.
   *
   * @param transactions in event-time order
   */
  public Iterator<SimulatedTransaction> of(Iterator<SimulatedTransaction> transactions) {
    return length.isZero() ? transactions : new OfThoseWhoHaveJoined(transactions);
  }

  private boolean hasJoined(SimulatedTransaction simulated) {
    Transaction transaction = simulated.transaction();
    double sinceStartMs = (double) transaction.timestampMs() - startMs;
    return sinceStartMs >= length.toMillis()
        || sinceStartMs >= share(transaction.cardholder().customerId()) * length.toMillis();
  }

  /** At which share of the warm-up the customer joins: uniform over the customers, below 1. */
  private double share(String customerId) {
    return (new Seed(seed).of("warm-up").of(customerId).value() >>> SURPLUS_BITS) * UNIT;
  }

  private final class OfThoseWhoHaveJoined implements Iterator<SimulatedTransaction> {

    private final Iterator<SimulatedTransaction> all;
    private SimulatedTransaction lookahead;

    OfThoseWhoHaveJoined(Iterator<SimulatedTransaction> all) {
      this.all = all;
    }

    @Override
    public boolean hasNext() {
      while (lookahead == null && all.hasNext()) {
        SimulatedTransaction next = all.next();
        if (hasJoined(next)) {
          lookahead = next;
        }
      }
      return lookahead != null;
    }

    @Override
    public SimulatedTransaction next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      SimulatedTransaction next = lookahead;
      lookahead = null;
      return next;
    }
  }
}
