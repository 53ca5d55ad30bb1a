package dev.flagstream.generator;

import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.simulation.TransactionsUntil;
import dev.flagstream.generator.transaction.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Seeded transactions for tests that need some, whichever they are. */
public final class Transactions {

  private Transactions() {}

  public static List<Transaction> some(int count) {
    List<Transaction> some = new ArrayList<>();
    new TransactionsUntil(
            SimulatedTransaction.transactions(
                Simulation.of(SimulationParameters.atRate(11, 100).withCustomers(30))
                    .from(Instant.parse("2026-01-01T00:00:00Z"))),
            count,
            TransactionsUntil.UNLIMITED)
        .forEachRemaining(some::add);
    return some;
  }
}
