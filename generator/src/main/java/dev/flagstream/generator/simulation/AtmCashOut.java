package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.DailyActivity;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * At night a copied card is used at one cash machine after the other, for as much as each gives.
 *
 * @param share of all transactions
 * @param hours when it begins: from the one (inclusive) to the other, UTC
 * @param withdrawals how many
 * @param gapMinutes from one to the next
 * @param amountCents of each, in twenties
 * @param atHomeShare how many happen in the city where the holder is; the others elsewhere, mostly
 *     in risky cities
 */
public record AtmCashOut(
    double share,
    Range hours,
    Range withdrawals,
    Range gapMinutes,
    Range amountCents,
    double atHomeShare)
    implements Burst {

  private static final double QUARTERS_PER_HOUR = 4;

  public AtmCashOut {
    Fraud.requireShare(share, FraudScenario.ATM_CASH_OUT);
    Fraud.require(
        hours.max() <= 24 && quartersOf(hours) > 0,
        FraudScenario.ATM_CASH_OUT,
        "the hours must span a quarter of an hour or more of one day",
        hours);
    Fraud.require(
        withdrawals.min() >= 1,
        FraudScenario.ATM_CASH_OUT,
        "there must be 1 withdrawal or more",
        withdrawals.min());
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.ATM_CASH_OUT;
  }

  @Override
  public AtmCashOut withShare(double otherShare) {
    return new AtmCashOut(otherShare, hours, withdrawals, gapMinutes, amountCents, atHomeShare);
  }

  @Override
  public double meanFrauds() {
    return withdrawals.mean();
  }

  @Override
  public long longestMs() {
    return (long) (withdrawals.max() * gapMinutes.max() * 60_000) + 1;
  }

  @Override
  public double startLevel(int quarter) {
    boolean inHours =
        quarter >= (int) (hours.min() * QUARTERS_PER_HOUR)
            && quarter < (int) (hours.max() * QUARTERS_PER_HOUR);
    return inHours ? (double) DailyActivity.QUARTERS_PER_DAY / quartersOf(hours) : 0;
  }

  @Override
  public void plan(long startMs, Scene scene, RandomStream random, Consumer<Purchase> plan) {
    Customer victim = scene.anyCustomer(random);
    int card = scene.card(victim, random);
    City city =
        random.nextDouble() < atHomeShare
            ? scene.whereabouts(victim, startMs)
            : scene.world().cities().risky(random);
    int number = withdrawals.drawWhole(random);
    double timeMs = startMs;
    for (int i = 0; i < number; i++) {
      timeMs += i == 0 ? 0 : gapMinutes.draw(random) * 60_000;
      plan.accept(
          Purchase.inPerson(
              (long) timeMs,
              victim,
              card,
              scene.world().merchants().any(city, MerchantCategory.CASH, random),
              HonestSpending.banknotes(Math.round(amountCents.draw(random))),
              Optional.of(scenario())));
    }
  }

  private static int quartersOf(Range hours) {
    return (int) (hours.max() * QUARTERS_PER_HOUR) - (int) (hours.min() * QUARTERS_PER_HOUR);
  }
}
