package dev.flagstream.generator;

import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;

/** A transaction a second, every tenth a fraud: so simple that a test can foretell all of it. */
public record SmallWorld(long seed) implements Simulation {

  private static final int GAP_MS = 1_000;
  private static final int FRAUD_EVERY = 10;
  private static final int CARDS = 40;

  @Override
  public Iterator<SimulatedTransaction> from(Instant start) {
    long first = -Math.floorDiv(-start.toEpochMilli(), (long) GAP_MS);
    return LongStream.iterate(first, number -> number + 1).mapToObj(this::transaction).iterator();
  }

  private SimulatedTransaction transaction(long number) {
    long card = Math.floorMod(number * 31 + seed, CARDS);
    Transaction transaction =
        new Transaction(
            runId() + "-" + number,
            "42424242424242%02d".formatted(card),
            new Cardholder("C" + card, 40, "Chicago", 41.88, -87.63),
            BigDecimal.valueOf(100 + Math.floorMod(number * 17, 5_000), 2),
            "USD",
            new Acceptor("M" + Math.floorMod(number, 7), "Corner Shop", "grocery", "5411"),
            Channel.CHIP,
            new Location("Chicago", "IL", "US", 41.9, -87.6),
            0.1,
            number * GAP_MS);
    return new SimulatedTransaction(
        transaction,
        number % FRAUD_EVERY == 0 ? Optional.of(FraudScenario.CARD_TESTING) : Optional.empty());
  }

  @Override
  public String runId() {
    return "%08x".formatted(seed);
  }

  @Override
  public double meanPerSecond() {
    return 1;
  }
}
