package dev.flagstream.generator.simulation;

/**
 * A terminal is tampered with for weeks: a part of the cards used there is charged somewhat more
 * than the holder agreed to. One transaction tells little, the merchant's history does.
 *
 * @param share of all transactions
 * @param shareOfMerchant the part of the merchant's transactions that are fraudulent meanwhile
 * @param days how long a terminal stays so, at most 28
 * @param markup by how much the amounts grow: 1 for not at all
 */
public record CompromisedMerchant(double share, double shareOfMerchant, Range days, Range markup)
    implements Fraud {

  private static final double MAX_DAYS = 28;

  public CompromisedMerchant {
    Fraud.requireShare(share, FraudScenario.COMPROMISED_MERCHANT);
    Fraud.require(
        shareOfMerchant > 0 && shareOfMerchant <= 1,
        FraudScenario.COMPROMISED_MERCHANT,
        "the merchant's share must be above 0 and at most 1",
        shareOfMerchant);
    Fraud.require(
        days.min() > 0 && days.max() <= MAX_DAYS,
        FraudScenario.COMPROMISED_MERCHANT,
        "the days must be above 0 and at most 28",
        days);
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.COMPROMISED_MERCHANT;
  }

  @Override
  public CompromisedMerchant withShare(double otherShare) {
    return new CompromisedMerchant(otherShare, shareOfMerchant, days, markup);
  }
}
