package dev.flagstream.reliability;

import dev.flagstream.generator.simulation.SimulationParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the generator sends.
 *
 * @param seed of its simulation
 * @param rate transactions a second
 * @param customers how many share them; empty for as many as make so many a second, each of whom
 *     pays once or twice a day, so that nearly every transaction has a card of its own
 */
record GeneratedTraffic(long seed, int rate, OptionalInt customers) {

  /**
   * Traffic that there can be.
   *
   * @throws IllegalArgumentException saying what is out of range, as the generator would
   */
  GeneratedTraffic {
    SimulationParameters world = SimulationParameters.atRate(seed, rate);
    customers.ifPresent(
        each -> {
          SimulationParameters unused = world.withCustomers(each);
        });
  }

  /** The options of the generator for it. */
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("--seed=" + seed, "--rate=" + rate));
    customers.ifPresent(each -> options.add("--customers=" + each));
    return options;
  }
}
