package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Card;
import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.Population;
import dev.flagstream.generator.population.PopulationSize;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Random;

/**
 * An endless sequence of transactions in event-time order.
 *
 * <p>The same population, start time and rate give the same transactions, ids and timestamps
 * included; if any of them differs, so does every id. Not safe for use by several threads.
 */
public final class TransactionGenerator implements Iterator<Transaction> {

  /** Where event time starts unless said otherwise: fixed, so that a seed alone repeats a run. */
  public static final Instant DEFAULT_START_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static final double LARGE_PURCHASE_SHARE = 0.005;
  private static final double FAR_FROM_HOME_SHARE = 0.010;
  private static final String CURRENCY = "USD";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MS = 1_000_000;

  private final Behaviour honestSpending = new HonestSpending();
  private final Behaviour largePurchase = new LargePurchase();
  private final Behaviour farFromHome = new FarFromHome();

  private final Population population;
  private final long startTimeMs;
  private final double meanGapNanos;
  private final String idPrefix;
  private final Random random;

  private long elapsedNanos;
  private long sequence;

  public TransactionGenerator(Population population, Instant startTime, Rate rate) {
    this.population = population;
    this.startTimeMs = startTime.toEpochMilli();
    this.meanGapNanos = NANOS_PER_SECOND / rate.perSecond();
    this.idPrefix = idPrefix(population, startTimeMs, rate);
    this.random = population.seed().random("transactions");
  }

  /** Makes the population of a seed, then the generator over it. */
  public static TransactionGenerator create(
      long seed, PopulationSize size, Instant startTime, Rate rate) {
    return new TransactionGenerator(Population.create(new Seed(seed), size), startTime, rate);
  }

  /** Always true. */
  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Transaction next() {
    elapsedNanos += nextGapNanos();
    Card card = population.cards().get(random.nextInt(population.cards().size()));
    Purchase purchase = nextBehaviour().nextPurchase(card.holder(), random);
    return transaction(card, purchase);
  }

  private long nextGapNanos() {
    return Math.round(-StrictMath.log1p(-random.nextDouble()) * meanGapNanos);
  }

  private Behaviour nextBehaviour() {
    double draw = random.nextDouble();
    if (draw < LARGE_PURCHASE_SHARE) {
      return largePurchase;
    }
    return draw < LARGE_PURCHASE_SHARE + FAR_FROM_HOME_SHARE ? farFromHome : honestSpending;
  }

  private Transaction transaction(Card card, Purchase purchase) {
    Customer holder = card.holder();
    Merchant merchant = purchase.merchant();
    return new Transaction(
        nextId(),
        card.number(),
        new Cardholder(
            holder.id(),
            holder.ageYears(),
            holder.home().name(),
            holder.home().latDegrees(),
            holder.home().lonDegrees()),
        BigDecimal.valueOf(purchase.amountCents(), 2),
        CURRENCY,
        new Acceptor(
            merchant.id(), merchant.name(), merchant.category().label(), merchant.category().mcc()),
        merchant.category().channel(),
        locationOf(merchant),
        merchant.city().riskScore(),
        startTimeMs + elapsedNanos / NANOS_PER_MS);
  }

  private static Location locationOf(Merchant merchant) {
    City city = merchant.city();
    return new Location(
        city.name(), city.state(), city.country(), merchant.latDegrees(), merchant.lonDegrees());
  }

  private String nextId() {
    String number = Long.toString(++sequence);
    return idPrefix + "0".repeat(Math.max(0, 12 - number.length())) + number;
  }

  /**
   * Names the run. Ids are primary keys downstream: a run that makes other transactions must not
   * reuse those of an earlier one, so everything that decides the transactions goes in.
   */
  private static String idPrefix(Population population, long startTimeMs, Rate rate) {
    PopulationSize size = population.size();
    long run =
        population
            .seed()
            .with(size.customers())
            .with(size.cards())
            .with(size.merchants())
            .with(startTimeMs)
            .with(Double.doubleToLongBits(rate.perSecond()))
            .value();
    return HexFormat.of().toHexDigits(run) + "-";
  }
}
