package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.population.World;
import java.time.Instant;
import java.util.Iterator;

/** Customers who pay by card, and those who misuse their cards. */
final class CardSimulation implements Simulation {

  private final SimulationParameters parameters;
  private final World world;
  private final Traffic traffic;
  private final String runId;

  CardSimulation(SimulationParameters parameters) {
    this.parameters = parameters;
    this.world =
        World.create(new Seed(parameters.seed()), parameters.customers(), parameters.merchants());
    this.traffic = new Traffic(parameters, world);
    this.runId = RunId.of(parameters);
    // Fails now rather than at the first transaction if the frauds do not fit the world.
    new CardTransactions(parameters, world, traffic, runId, 0);
  }

  @Override
  public Iterator<SimulatedTransaction> from(Instant start) {
    return new CardTransactions(parameters, world, traffic, runId, start.toEpochMilli());
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public double meanPerSecond() {
    return parameters.perSecond();
  }

  @Override
  public String toString() {
    return "cards " + runId;
  }
}
