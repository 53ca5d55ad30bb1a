package dev.flagstream.benchmarks.pipeline;

import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.population.World;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Transactions of as many cards as wanted, which pay in turn, each a given number of times in any
 * 30 days. Customers, merchants and places are those of the simulation; its own rates are not used,
 * since it takes many times as many transactions until each card has paid once. The same numbers
 * make the same transactions. Not thread-safe.
 */
final class ScaleFeed {

  /** The longest window of a card's features. */
  static final Duration WINDOW = Duration.ofDays(30);

  private static final String ID = "scale-";
  private static final long SEED = 42;
  private static final int MERCHANTS = 20_000;
  private static final int FAVOURITES = 3;
  private static final int MIN_CENTS = 50;
  private static final int MAX_CENTS = 500_000;
  private static final int HUNDREDTHS = 2;

  /** Early enough that the slowest card is still in the past after hundreds of windows. */
  private static final Instant START = Instant.parse("1990-01-01T00:00:00Z");

  private final World world;
  private final long paymentsInWindow;
  private final RandomStream random = new RandomStream();
  private final RandomStream lookup = new RandomStream();
  private int cards;
  private long made;
  private int nextCard;
  private double timeMs = START.toEpochMilli();

  /**
   * A feed that begins with the first card.
   *
   * @param cards how many, at least 1
   * @param paymentsInWindow how often each pays in {@link #WINDOW}, at least once
   */
  ScaleFeed(int cards, long paymentsInWindow) {
    this.world = World.create(new Seed(SEED), cards, MERCHANTS);
    this.cards = cards;
    this.paymentsInWindow = paymentsInWindow;
  }

  /** From now on only the first {@code fewer} cards pay, each as often as before. */
  void limitTo(int fewer) {
    cards = fewer;
    nextCard = 0;
  }

  /** How many transactions it has made, which is the number of the next one, from 0. */
  long made() {
    return made;
  }

  /** What the card whose turn it is pays next. */
  Transaction next() {
    random.startAt(Seed.mixed(SEED, made));
    Customer customer = world.customers().get(nextCard, lookup);
    Merchant merchant =
        world.customers().favourite(customer, category(), random.below(FAVOURITES), lookup);
    Transaction transaction =
        new Transaction(
            ID + made,
            world.customers().cardNumber(customer, 0),
            customer.cardholder(),
            BigDecimal.valueOf(cents(customer, merchant), HUNDREDTHS),
            "EUR",
            merchant.acceptor(),
            merchant.category().channel(),
            merchant.category().inPerson() ? merchant.location() : customer.home(),
            merchant.city().riskScore(),
            (long) timeMs);
    made++;
    nextCard = (nextCard + 1) % cards;
    timeMs += (double) WINDOW.toMillis() / paymentsInWindow / cards;
    return transaction;
  }

  /**
   * The number of the transaction that a decision is about.
   *
   * @param decision the beginning of a row of scored_transactions, as JSON
   * @return -1 if it is none of this feed
   */
  static long number(String decision) {
    int at = decision.indexOf(ID);
    if (at < 0) {
      return -1;
    }
    int from = at + ID.length();
    int end = from;
    while (end < decision.length() && Character.isDigit(decision.charAt(end))) {
      end++;
    }
    return Long.parseLong(decision.substring(from, end));
  }

  /** Drawn by the shares that the simulation gives the categories. */
  private MerchantCategory category() {
    double at = random.nextDouble();
    for (MerchantCategory category : MerchantCategory.values()) {
      at -= category.share();
      if (at < 0) {
        return category;
      }
    }
    return MerchantCategory.GROCERY;
  }

  private long cents(Customer customer, Merchant merchant) {
    double sigma = customer.amountSigma();
    double cents =
        customer.meanAmountCents()
            * merchant.category().priceLevel()
            * merchant.priceLevel()
            * StrictMath.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    return Math.min(MAX_CENTS, Math.max(MIN_CENTS, Math.round(cents)));
  }
}
