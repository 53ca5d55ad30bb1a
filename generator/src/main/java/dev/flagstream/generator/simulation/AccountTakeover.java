package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import java.util.List;
import java.util.Optional;

/**
 * Someone has a customer's account and orders online for days, for several times what the customer
 * usually pays. Some show the place they order from, others hide behind the customer's city.
 *
 * @param share of all transactions
 * @param days how long it lasts
 * @param meanFrauds how many orders there are on average; the number is Poisson
 * @param multiples of the customer's mean amount
 * @param hiddenShare how many hide where they are
 */
public record AccountTakeover(
    double share, int days, double meanFrauds, Range multiples, double hiddenShare)
    implements Campaign {

  private static final List<MerchantCategory> ONLINE =
      List.of(
          MerchantCategory.ONLINE_RETAIL,
          MerchantCategory.ONLINE_RETAIL,
          MerchantCategory.DIGITAL_GOODS,
          MerchantCategory.TRAVEL);

  public AccountTakeover {
    Fraud.requireShare(share, FraudScenario.ACCOUNT_TAKEOVER);
    Fraud.require(
        days >= 1 && days <= 60, FraudScenario.ACCOUNT_TAKEOVER, "the days must be 1 to 60", days);
    Fraud.require(
        meanFrauds > 0,
        FraudScenario.ACCOUNT_TAKEOVER,
        "the mean number of frauds must be above 0",
        meanFrauds);
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.ACCOUNT_TAKEOVER;
  }

  @Override
  public AccountTakeover withShare(double otherShare) {
    return new AccountTakeover(otherShare, days, meanFrauds, multiples, hiddenShare);
  }

  @Override
  public double shareOfDay(int day) {
    return 1.0 / days;
  }

  @Override
  public boolean followsActivity() {
    return false;
  }

  @Override
  public Purchase purchase(
      long timeMs, int day, Scene scene, RandomStream campaign, RandomStream random) {
    Customer victim = scene.anyCustomer(campaign);
    int card = scene.card(victim, campaign);
    boolean hidden = campaign.nextDouble() < hiddenShare;
    City from = hidden ? victim.homeCity() : scene.world().cities().risky(campaign);
    return Purchase.online(
        timeMs,
        victim,
        card,
        scene.merchant(from, ONLINE, random),
        from,
        Amounts.multiple(victim, multiples, Amounts.MIN_CENTS, random),
        Optional.of(scenario()));
  }
}
