package dev.flagstream.generator;

import dev.flagstream.generator.population.PopulationSize;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.TransactionGenerator;
import dev.flagstream.generator.simulation.TransactionsUntil;
import dev.flagstream.generator.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Seeded transactions for tests that need some, whichever they are. */
public final class Transactions {

  private Transactions() {}

  public static List<Transaction> some(int count) {
    List<Transaction> some = new ArrayList<>();
    new TransactionsUntil(
            TransactionGenerator.create(
                11,
                new PopulationSize(20, 30, 100),
                TransactionGenerator.DEFAULT_START_TIME,
                Rate.perSecond(100)),
            count,
            TransactionsUntil.UNLIMITED)
        .forEachRemaining(some::add);
    return some;
  }
}
