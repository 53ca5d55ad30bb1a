package dev.flagstream.training.run;

/**
 * How the alert threshold is chosen on the validation rows.
 *
 * @param basis which of the two decides
 * @param cardsPerDay how many cards a day can be looked at
 * @param costOfAlert what looking at one transaction costs, in the currency of the amounts
 * @param costOfMiss what a missed fraud costs where its amount is not known
 */
public record AlertPolicy(Basis basis, double cardsPerDay, double costOfAlert, double costOfMiss) {

  /** What decides. */
  public enum Basis {
    /** As many alerts as can be looked at. */
    BUDGET,
    /** The least cost of missed frauds and alerts. */
    COST
  }

  /** Refuses what cannot be. */
  public AlertPolicy {
    if (!(cardsPerDay > 0)) {
      throw new IllegalArgumentException("alerts a day must be above 0, not " + cardsPerDay);
    }
    if (!(costOfAlert >= 0) || !(costOfMiss >= 0)) {
      throw new IllegalArgumentException(
          "costs must not be negative: alert %s, miss %s".formatted(costOfAlert, costOfMiss));
    }
  }
}
