package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import java.util.List;
import java.util.Optional;

/**
 * First-party fraud: after months of good behaviour the holder buys goods that can be sold again,
 * more of them every day, up to the limit of the card, and disappears.
 *
 * @param share of all transactions
 * @param days how long it lasts
 * @param meanFrauds how many purchases there are on average; the number is Poisson, and the day's
 *     part of them grows evenly
 * @param multiples of the customer's mean amount, from those of the first day to those of the last
 */
public record BustOut(double share, int days, double meanFrauds, Range multiples)
    implements Campaign {

  private static final double SPREAD = 1.5;

  private static final List<MerchantCategory> SOLD_AGAIN =
      List.of(
          MerchantCategory.ELECTRONICS,
          MerchantCategory.JEWELRY,
          MerchantCategory.HOME_IMPROVEMENT,
          MerchantCategory.CLOTHING,
          MerchantCategory.ONLINE_RETAIL);

  public BustOut {
    Fraud.requireShare(share, FraudScenario.BUST_OUT);
    Fraud.require(
        days >= 1 && days <= 60, FraudScenario.BUST_OUT, "the days must be 1 to 60", days);
    Fraud.require(
        meanFrauds > 0,
        FraudScenario.BUST_OUT,
        "the mean number of frauds must be above 0",
        meanFrauds);
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.BUST_OUT;
  }

  @Override
  public BustOut withShare(double otherShare) {
    return new BustOut(otherShare, days, meanFrauds, multiples);
  }

  @Override
  public double shareOfDay(int day) {
    return (day + 1) * 2.0 / ((double) days * (days + 1));
  }

  @Override
  public boolean followsActivity() {
    return true;
  }

  @Override
  public Purchase purchase(
      long timeMs, int day, Scene scene, RandomStream campaign, RandomStream random) {
    Customer holder = scene.anyCustomer(campaign);
    int card = scene.card(holder, campaign);
    City city = scene.whereabouts(holder, timeMs);
    Merchant merchant = scene.merchant(city, SOLD_AGAIN, random);
    double today =
        days == 1
            ? multiples.max()
            : multiples.min() + (multiples.max() - multiples.min()) * day / (days - 1);
    long cents =
        Amounts.multiple(
            holder, new Range(today / SPREAD, today * SPREAD), Amounts.MIN_CENTS, random);
    return merchant.category().inPerson()
        ? Purchase.inPerson(timeMs, holder, card, merchant, cents, Optional.of(scenario()))
        : Purchase.online(timeMs, holder, card, merchant, city, cents, Optional.of(scenario()));
  }
}
