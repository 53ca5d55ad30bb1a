package dev.flagstream.generator;

import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.FraudScenarios;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that decides how many frauds there are. */
final class FraudOptions {

  private static final String ALL = "all";

  @Option(
      names = "--fraud",
      paramLabel = "SCENARIO=SHARE",
      split = ",",
      description =
          "The share of all transactions that a fraud scenario makes, such as card_testing=0.002;"
              + " all=0.02 scales every scenario to that share together, all=0 switches fraud off."
              + " Several are applied in their order. Default: 0.007 together.")
  private Map<String, Double> shares = new LinkedHashMap<>();

  boolean given() {
    return !shares.isEmpty();
  }

  /**
   * The scenarios in the shares asked for.
   *
   * @throws IllegalArgumentException if there is no such scenario, or not in such a share
   */
  FraudScenarios scenarios() {
    FraudScenarios scenarios = FraudScenarios.DEFAULT;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      scenarios =
          share.getKey().equals(ALL)
              ? scenarios.times(share.getValue() / scenarios.share())
              : scenarios.withShare(FraudScenario.of(share.getKey()), share.getValue());
    }
    return scenarios;
  }
}
