package dev.flagstream.generator.simulation;

import java.util.List;

/** All frauds with their parameters. */
public record FraudScenarios(
    HighAmount highAmount,
    CompromisedMerchant compromisedMerchant,
    AccountTakeover accountTakeover,
    CardTesting cardTesting,
    ImpossibleTravel impossibleTravel,
    AtmCashOut atmCashOut,
    BustOut bustOut) {

  /** 0.7 % of the transactions, in the shares that docs/simulation.md lists. */
  public static final FraudScenarios DEFAULT =
      new FraudScenarios(
          new HighAmount(0.0008, new Range(10, 40), 30_000),
          new CompromisedMerchant(0.0018, 0.5, new Range(14, 28), new Range(1.1, 1.8)),
          new AccountTakeover(0.0012, 3, 6, new Range(3, 8), 0.4),
          new CardTesting(
              0.0010,
              new Range(4, 9),
              new Range(50, 300),
              new Range(5, 60),
              new Range(2, 20),
              new Range(6, 15),
              20_000),
          new ImpossibleTravel(
              0.0005, 2_000, new Range(10, 60), new Range(1, 3), new Range(5, 30), new Range(2, 6)),
          new AtmCashOut(
              0.0007,
              new Range(0, 4),
              new Range(3, 8),
              new Range(2, 12),
              new Range(20_000, 50_000),
              0.5),
          new BustOut(0.0010, 10, 30, new Range(2, 8)));

  /** Nobody defrauds anybody; for {@link #withShare} to build on. */
  public static final FraudScenarios NONE = DEFAULT.times(0);

  private static final double MAX_SHARE = 0.5;

  public FraudScenarios {
    double share =
        highAmount.share()
            + compromisedMerchant.share()
            + accountTakeover.share()
            + cardTesting.share()
            + impossibleTravel.share() * (1 + 1 / impossibleTravel.meanFrauds())
            + atmCashOut.share()
            + bustOut.share();
    if (share > MAX_SHARE) {
      throw new IllegalArgumentException(
          "the shares of the fraud scenarios must make at most " + MAX_SHARE + ", not " + share);
    }
  }

  /** Every scenario, in the order of {@link FraudScenario}. */
  public List<Fraud> all() {
    return List.of(
        highAmount,
        compromisedMerchant,
        accountTakeover,
        cardTesting,
        impossibleTravel,
        atmCashOut,
        bustOut);
  }

  /** The share of all transactions that are fraudulent, on average. */
  public double share() {
    return all().stream().mapToDouble(Fraud::share).sum();
  }

  /** Those that are planned at once. */
  List<Burst> bursts() {
    return List.of(cardTesting, impossibleTravel, atmCashOut);
  }

  /** Those that last for days. */
  List<Campaign> campaigns() {
    return List.of(accountTakeover, bustOut);
  }

  /** The same with one scenario more or less often. */
  public FraudScenarios withShare(FraudScenario scenario, double share) {
    return switch (scenario) {
      case HIGH_AMOUNT -> with(highAmount.withShare(share));
      case COMPROMISED_MERCHANT -> with(compromisedMerchant.withShare(share));
      case ACCOUNT_TAKEOVER -> with(accountTakeover.withShare(share));
      case CARD_TESTING -> with(cardTesting.withShare(share));
      case IMPOSSIBLE_TRAVEL -> with(impossibleTravel.withShare(share));
      case ATM_CASH_OUT -> with(atmCashOut.withShare(share));
      case BUST_OUT -> with(bustOut.withShare(share));
    };
  }

  /** The same with other parameters of one scenario. */
  public FraudScenarios with(Fraud fraud) {
    return new FraudScenarios(
        fraud instanceof HighAmount other ? other : highAmount,
        fraud instanceof CompromisedMerchant other ? other : compromisedMerchant,
        fraud instanceof AccountTakeover other ? other : accountTakeover,
        fraud instanceof CardTesting other ? other : cardTesting,
        fraud instanceof ImpossibleTravel other ? other : impossibleTravel,
        fraud instanceof AtmCashOut other ? other : atmCashOut,
        fraud instanceof BustOut other ? other : bustOut);
  }

  /** Every scenario {@code factor} times as often. */
  public FraudScenarios times(double factor) {
    FraudScenarios scaled = this;
    for (Fraud fraud : all()) {
      scaled = scaled.withShare(fraud.scenario(), fraud.share() * factor);
    }
    return scaled;
  }
}
