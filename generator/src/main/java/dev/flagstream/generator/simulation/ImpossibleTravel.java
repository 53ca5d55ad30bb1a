package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The holder pays, which is honest; within the hour a copy of the card is used in a city that no
 * plane reaches so soon, mostly a risky one.
 *
 * @param share of all transactions
 * @param minDistanceKm how far away at least
 * @param gapMinutes from the holder's transaction to the copy's first, at most so many that the
 *     speed stays above 1,000 km/h
 * @param uses how often the copy is used
 * @param useGapMinutes from one use to the next
 * @param multiples of the customer's mean amount
 */
public record ImpossibleTravel(
    double share,
    double minDistanceKm,
    Range gapMinutes,
    Range uses,
    Range useGapMinutes,
    Range multiples)
    implements Burst {

  private static final double MIN_KM_PER_HOUR = 1_000;

  private static final List<MerchantCategory> CATEGORIES =
      List.of(
          MerchantCategory.ELECTRONICS,
          MerchantCategory.CLOTHING,
          MerchantCategory.JEWELRY,
          MerchantCategory.GROCERY,
          MerchantCategory.RESTAURANT,
          MerchantCategory.HOTEL);

  public ImpossibleTravel {
    Fraud.requireShare(share, FraudScenario.IMPOSSIBLE_TRAVEL);
    Fraud.require(
        uses.min() >= 1,
        FraudScenario.IMPOSSIBLE_TRAVEL,
        "there must be 1 use or more",
        uses.min());
    Fraud.require(
        minDistanceKm * 60 >= MIN_KM_PER_HOUR * gapMinutes.max(),
        FraudScenario.IMPOSSIBLE_TRAVEL,
        "the distance must be impossible at 1,000 km/h in " + gapMinutes.max() + " minutes",
        minDistanceKm);
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.IMPOSSIBLE_TRAVEL;
  }

  @Override
  public ImpossibleTravel withShare(double otherShare) {
    return new ImpossibleTravel(
        otherShare, minDistanceKm, gapMinutes, uses, useGapMinutes, multiples);
  }

  @Override
  public double meanFrauds() {
    return uses.mean();
  }

  @Override
  public double meanHonest() {
    return 1;
  }

  @Override
  public long longestMs() {
    return (long) ((gapMinutes.max() + uses.max() * useGapMinutes.max()) * 60_000) + 1;
  }

  @Override
  public void plan(long startMs, Scene scene, RandomStream random, Consumer<Purchase> plan) {
    Customer holder = scene.anyCustomer(random);
    City here = scene.whereabouts(holder, startMs);
    Purchase honest = scene.honestSpending().atTerminal(startMs, holder, here, random);
    plan.accept(honest);
    City there = scene.world().cities().riskyFarFrom(here, minDistanceKm, random);
    int number = uses.drawWhole(random);
    double timeMs = startMs + gapMinutes.draw(random) * 60_000;
    for (int i = 0; i < number; i++) {
      timeMs += i == 0 ? 0 : useGapMinutes.draw(random) * 60_000;
      plan.accept(
          Purchase.inPerson(
              (long) timeMs,
              holder,
              honest.card(),
              scene.merchant(there, CATEGORIES, random),
              Amounts.multiple(holder, multiples, Amounts.MIN_CENTS, random),
              Optional.of(scenario())));
    }
  }
}
