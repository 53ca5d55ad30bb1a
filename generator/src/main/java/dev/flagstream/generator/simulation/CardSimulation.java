package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Population;
import dev.flagstream.generator.population.PopulationSize;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.transaction.Transaction;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;

/** Customers who pay by card, and those who misuse their cards. */
final class CardSimulation implements Simulation {

  private static final int MAX_OF_TODAY = 5_000_000;

  private final SimulationParameters parameters;
  private final Population population;

  CardSimulation(SimulationParameters parameters) {
    this.parameters = parameters;
    int people = Math.min(MAX_OF_TODAY, parameters.customers());
    this.population =
        Population.create(
            new Seed(parameters.seed()),
            new PopulationSize(people, people, parameters.merchants()));
  }

  @Override
  public Iterator<SimulatedTransaction> from(Instant start) {
    Iterator<Transaction> transactions =
        new TransactionGenerator(population, start, Rate.perSecond(parameters.perSecond()));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return transactions.hasNext();
      }

      @Override
      public SimulatedTransaction next() {
        return new SimulatedTransaction(transactions.next(), Optional.empty());
      }
    };
  }

  @Override
  public String runId() {
    long run =
        new Seed(parameters.seed())
            .with(parameters.customers())
            .with(parameters.merchants())
            .with(Double.doubleToLongBits(parameters.perSecond()))
            .value();
    return HexFormat.of().toHexDigits((int) run);
  }

  @Override
  public double meanPerSecond() {
    return parameters.perSecond();
  }
}
