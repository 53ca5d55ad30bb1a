package dev.flagstream.generator.simulation.handbook;

import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.simulation.RunId;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * The Fraud Detection Handbook's simulator. It begins on 2018-04-01 and has no transactions before;
 * unlike the Handbook's data it does not end after 183 days.
 */
public final class HandbookSimulation implements Simulation {

  private static final String CURRENCY = "EUR";
  private static final long MS_PER_SECOND = 1_000;
  private static final long MS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final double SECONDS_PER_DAY = HandbookParameters.SECONDS_PER_DAY;

  private final HandbookParameters parameters;
  private final HandbookWorld world;
  private final String runId;

  public HandbookSimulation(HandbookParameters parameters) {
    this.parameters = parameters;
    this.world = new HandbookWorld(new Seed(parameters.seed()));
    this.runId = RunId.of(parameters);
  }

  @Override
  public Iterator<SimulatedTransaction> from(Instant start) {
    return new Transactions(start.toEpochMilli());
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public double meanPerSecond() {
    return HandbookExpectation.transactionsPerDay() / SECONDS_PER_DAY;
  }

  /** One day after the other. */
  private final class Transactions implements Iterator<SimulatedTransaction> {

    private final HandbookDays days = new HandbookDays(parameters, world);
    private int day;
    private long dayStartMs;
    private List<HandbookDays.Outcome> today;
    private int position;

    Transactions(long startMs) {
      long firstMs = HandbookParameters.START.toEpochMilli();
      day = (int) Math.max(0, Math.floorDiv(startMs - firstMs, MS_PER_DAY));
      begin();
      while (timeMs() < startMs) {
        advance();
      }
    }

    /** Always true. */
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public SimulatedTransaction next() {
      HandbookDays.Outcome outcome = today.get(position);
      SimulatedTransaction next =
          new SimulatedTransaction(transaction(outcome), outcome.scenario());
      advance();
      return next;
    }

    private void begin() {
      dayStartMs = HandbookParameters.START.toEpochMilli() + day * MS_PER_DAY;
      today = days.day(day);
      position = 0;
    }

    private void advance() {
      position++;
      while (position == today.size()) {
        day++;
        begin();
      }
    }

    private long timeMs() {
      return dayStartMs + today.get(position).second() * MS_PER_SECOND;
    }

    private Transaction transaction(HandbookDays.Outcome outcome) {
      HandbookWorld.Customer customer = world.customer(outcome.customer());
      HandbookWorld.Terminal terminal = world.terminal(outcome.terminal());
      return new Transaction(
          runId + "-" + day + "-" + (position + 1),
          customer.cardNumber(),
          customer.cardholder(),
          BigDecimal.valueOf(outcome.cents(), 2),
          CURRENCY,
          terminal.acceptor(),
          null,
          terminal.location(),
          Double.NaN,
          timeMs());
    }
  }
}
