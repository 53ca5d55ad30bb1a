package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import java.util.List;
import java.util.Optional;

/**
 * A stolen card pays once, where the holder is, for something worth stealing: a multiple of what
 * the holder usually spends. Strikes when the holder would have paid.
 *
 * @param share of all transactions
 * @param multiples of the customer's mean amount
 * @param minAmountCents below which it is not worth it
 */
public record HighAmount(double share, Range multiples, long minAmountCents) implements Fraud {

  private static final List<MerchantCategory> WORTH_STEALING =
      List.of(
          MerchantCategory.ELECTRONICS,
          MerchantCategory.JEWELRY,
          MerchantCategory.CLOTHING,
          MerchantCategory.HOME_IMPROVEMENT);

  public HighAmount {
    Fraud.requireShare(share, FraudScenario.HIGH_AMOUNT);
    Fraud.require(
        multiples.min() >= 1,
        FraudScenario.HIGH_AMOUNT,
        "the multiples must be 1 or more",
        multiples.min());
  }

  @Override
  public FraudScenario scenario() {
    return FraudScenario.HIGH_AMOUNT;
  }

  @Override
  public HighAmount withShare(double otherShare) {
    return new HighAmount(otherShare, multiples, minAmountCents);
  }

  Purchase purchase(long timeMs, Customer customer, City city, Scene scene, RandomStream random) {
    return Purchase.inPerson(
        timeMs,
        customer,
        scene.card(customer, random),
        scene.merchant(city, WORTH_STEALING, random),
        Amounts.multiple(customer, multiples, minAmountCents, random),
        Optional.of(scenario()));
  }
}
