package dev.flagstream.generator.report;

import dev.flagstream.generator.simulation.FraudScenario;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** Picks a card that shows a scenario well: one with frauds of it and a life of its own around. */
final class ExampleCards {

  private ExampleCards() {}

  /** One card number for each scenario that happened; the same statistics give the same cards. */
  static Map<FraudScenario, String> of(SimulationStatistics statistics) {
    Map<FraudScenario, String> examples = new EnumMap<>(FraudScenario.class);
    statistics
        .scenarios()
        .forEach(
            (scenario, totals) ->
                totals.transactionsByCard().entrySet().stream()
                    .max(
                        Comparator.comparingLong(
                                (Map.Entry<String, Integer> card) ->
                                    (long) card.getValue()
                                        * statistics.transactionsByCard().get(card.getKey()))
                            .thenComparing(Map.Entry::getKey))
                    .ifPresent(card -> examples.put(scenario, card.getKey())));
    return examples;
  }
}
