package dev.flagstream.generator.simulation;

/** A way to defraud, with its parameters. */
public sealed interface Fraud permits HighAmount, CompromisedMerchant, Burst, Campaign {

  /** What the ground truth calls it. */
  FraudScenario scenario();

  /** The share of all transactions that are this fraud, on average; 0 for none. */
  double share();

  /** The same fraud, more or less often. */
  Fraud withShare(double otherShare);

  /** Throws an IllegalArgumentException that names the scenario if a parameter makes no sense. */
  static void require(boolean condition, FraudScenario scenario, String what, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "fraud scenario " + scenario.label() + ": " + what + ", not " + value);
    }
  }

  /** Throws an IllegalArgumentException unless a share is a share. */
  static void requireShare(double share, FraudScenario scenario) {
    require(share >= 0 && share <= 0.25, scenario, "the share must be 0 to 0.25", share);
  }
}
