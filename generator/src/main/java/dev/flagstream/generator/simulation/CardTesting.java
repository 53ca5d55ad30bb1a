package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tiny amounts at a shop for digital goods show that a stolen number works; minutes later comes
 * what the number was stolen for.
 *
 * @param share of all transactions
 * @param probes how many tiny amounts
 * @param probeCents how tiny
 * @param probeGapSeconds from one to the next
 * @param waitMinutes from the last tiny amount to the large one
 * @param multiples of the customer's mean amount, of the large one
 * @param minAmountCents of the large one
 */
public record CardTesting(
    double share,
    Range probes,
    Range probeCents,
    Range probeGapSeconds,
    Range waitMinutes,
    Range multiples,
    long minAmountCents)
    implements Burst {

  private static final List<MerchantCategory> LARGE =
      List.of(MerchantCategory.ONLINE_RETAIL, MerchantCategory.TRAVEL);

  public CardTesting {
    Fraud.requireShare(share, FraudScenario.CARD_TESTING);
    Fraud.require(
        probes.min() >= 1,
        FraudScenario.CARD_TESTING,
        "there must be 1 probe or more",
        probes.min());
    Fraud.require(
        probeCents.min() >= 1,
        FraudScenario.CARD_TESTING,
        "probes must be of a cent or more",
        probeCents.min());
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.CARD_TESTING;
  }

  @Override
  public CardTesting withShare(double otherShare) {
    return new CardTesting(
        otherShare, probes, probeCents, probeGapSeconds, waitMinutes, multiples, minAmountCents);
  }

  @Override
  public double meanFrauds() {
    return probes.mean() + 1;
  }

  @Override
  public long longestMs() {
    return (long) (probes.max() * probeGapSeconds.max() * 1_000 + waitMinutes.max() * 60_000) + 1;
  }

  @Override
  public void plan(long startMs, Scene scene, RandomStream random, Consumer<Purchase> plan) {
    Customer victim = scene.anyCustomer(random);
    int card = scene.card(victim, random);
    City from = scene.world().cities().risky(random);
    Merchant tested = scene.world().merchants().any(from, MerchantCategory.DIGITAL_GOODS, random);
    int number = probes.drawWhole(random);
    double timeMs = startMs;
    for (int i = 0; i < number; i++) {
      timeMs += i == 0 ? 0 : probeGapSeconds.draw(random) * 1_000;
      long cents = Math.round(probeCents.draw(random));
      plan.accept(
          Purchase.online(
              (long) timeMs, victim, card, tested, from, cents, Optional.of(scenario())));
    }
    timeMs += waitMinutes.draw(random) * 60_000;
    plan.accept(
        Purchase.online(
            (long) timeMs,
            victim,
            card,
            scene.merchant(from, LARGE, random),
            from,
            Amounts.multiple(victim, multiples, minAmountCents, random),
            Optional.of(scenario())));
  }
}
