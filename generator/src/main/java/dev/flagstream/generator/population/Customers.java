package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Cardholder;

/**
 * All customers, none of whom takes any memory: everything about one follows from the seed and the
 * index, and is worked out when it is asked for. Immutable.
 */
public final class Customers {

  /** How many there may be, so that the card numbers suffice. */
  public static final int MAX = 1_000_000_000;

  /** Transactions a day, on average over all customers. */
  public static final double MEAN_DAILY_FREQUENCY = 1.9;

  private static final double MIN_DAILY_FREQUENCY = 0.4;
  private static final double DAILY_FREQUENCY_RANGE =
      3 * (MEAN_DAILY_FREQUENCY - MIN_DAILY_FREQUENCY);
  private static final double MAX_DAILY_FREQUENCY = MIN_DAILY_FREQUENCY + DAILY_FREQUENCY_RANGE;

  private static final int MIN_AGE_YEARS = 18;
  private static final int MAX_AGE_YEARS = 90;
  private static final double MEDIAN_MEAN_AMOUNT_CENTS = 5_500;
  private static final double MEAN_AMOUNT_SIGMA = 0.5;
  private static final double MIN_AMOUNT_SIGMA = 0.4;
  private static final double MAX_AMOUNT_SIGMA = 0.8;
  private static final double SHARE_WITH_ONE_CARD = 0.7;
  private static final double SHARE_WITH_TWO_CARDS = 0.25;
  private static final int MAX_CARDS = 3;
  private static final double[][] CARD_USE = {{1}, {0.75, 1}, {0.65, 0.9, 1}};

  private static final int FAVOURITE_TRIES = 4;
  private static final double RADIUS_DEGREES = 0.03;
  private static final int ID_DIGITS = 6;
  private static final int FEW = 20_000;
  private static final long ACTIVITY_MASK = (1L << DailyActivity.BITS) - 1;

  private final int size;
  private final long habitSeed;
  private final long customerSeed;
  private final long favouriteSeed;
  private final Cities cities;
  private final Merchants merchants;
  private final CardNumbers cardNumbers;

  Customers(Seed seed, int size, Cities cities, Merchants merchants) {
    if (size < 1 || size > MAX) {
      throw new IllegalArgumentException(
          "the number of customers must be 1 to " + MAX + ", not " + size);
    }
    this.size = size;
    this.habitSeed = seed.of("habits").value();
    this.customerSeed = seed.of("customers").value();
    this.favouriteSeed = seed.of("favourites").value();
    this.cities = cities;
    this.merchants = merchants;
    this.cardNumbers = new CardNumbers(seed);
  }

  public int size() {
    return size;
  }

  /** How often the most active customers pay, in transactions a day. */
  public double highestActivity(DailyActivity activity, int quarter) {
    return MAX_DAILY_FREQUENCY * activity.highest(quarter);
  }

  /**
   * How often a customer pays at a time of day, in transactions a day if it were that time all day.
   * The mean over customers and times is {@link #MEAN_DAILY_FREQUENCY}.
   */
  public double activity(int index, DailyActivity activity, int quarter) {
    long habits = Seed.mixed(habitSeed, index);
    return dailyFrequency(habits) * activity.level((int) (habits & ACTIVITY_MASK), quarter);
  }

  /**
   * The mean of {@link #activity} over all customers: computed exactly if they are few, since few
   * deviate from the expectation; the expectation if they are many.
   */
  public double meanActivity(DailyActivity activity, int quarter) {
    if (size > FEW) {
      return MEAN_DAILY_FREQUENCY * activity.mean(quarter);
    }
    double sum = 0;
    for (int index = 0; index < size; index++) {
      sum += activity(index, activity, quarter);
    }
    return sum / size;
  }

  /** Transactions a day of one customer. */
  public double dailyFrequency(int index) {
    return dailyFrequency(Seed.mixed(habitSeed, index));
  }

  /** Many customers pay now and then, few pay often: the square of a uniform number. */
  private static double dailyFrequency(long habits) {
    double uniform = RandomStream.unit(habits);
    return MIN_DAILY_FREQUENCY + DAILY_FREQUENCY_RANGE * uniform * uniform;
  }

  /**
   * One customer.
   *
   * @param index 0 to {@link #size()} - 1
   * @param random whose numbers begin anew, here and for later users of it
   */
  public Customer get(int index, RandomStream random) {
    random.startAt(Seed.mixed(customerSeed, index));
    City home = cities.homes().draw(random);
    double lat = Places.near(home.latDegrees(), random);
    double lon = Places.near(home.lonDegrees(), random);
    int age = random.between(MIN_AGE_YEARS, MAX_AGE_YEARS);
    double mean =
        MEDIAN_MEAN_AMOUNT_CENTS * StrictMath.exp(MEAN_AMOUNT_SIGMA * random.nextGaussian());
    double sigma = random.between(MIN_AMOUNT_SIGMA, MAX_AMOUNT_SIGMA);
    return new Customer(
        index,
        new Cardholder(PaddedNumbers.of('C', index + 1L, ID_DIGITS), age, home.name(), lat, lon),
        home,
        mean,
        sigma,
        cards(random.nextDouble()));
  }

  /** Which of the customer's cards is used: the first one most of the time. */
  public int cardInUse(Customer customer, RandomStream random) {
    double[] cumulative = CARD_USE[customer.cards() - 1];
    double at = random.nextDouble();
    int card = 0;
    while (at >= cumulative[card]) {
      card++;
    }
    return card;
  }

  /** The number of one of a customer's cards, counted from 0. */
  public String cardNumber(Customer customer, int card) {
    return cardNumbers.number((long) customer.index() * MAX_CARDS + card);
  }

  /**
   * Where a customer usually goes for a category: in person, the first of a few merchants of the
   * home city that is within the customer's radius, or the nearest of them.
   *
   * @param rank 0 for the most visited one
   * @param random whose numbers begin anew, here and for later users of it
   */
  public Merchant favourite(
      Customer customer, MerchantCategory category, int rank, RandomStream random) {
    random.startAt(
        Seed.mixed(favouriteSeed, customer.index(), (long) category.number() << 8 | rank));
    int nearest = merchants.anyIndex(customer.homeCity(), category, random);
    if (!category.inPerson()) {
      return merchants.get(nearest);
    }
    double lat = customer.cardholder().homeLatDegrees();
    double lon = customer.cardholder().homeLonDegrees();
    double least = merchants.squaredDegrees(nearest, lat, lon);
    for (int i = 1; i < FAVOURITE_TRIES && least > RADIUS_DEGREES * RADIUS_DEGREES; i++) {
      int other = merchants.anyIndex(customer.homeCity(), category, random);
      double distance = merchants.squaredDegrees(other, lat, lon);
      if (distance < least) {
        nearest = other;
        least = distance;
      }
    }
    return merchants.get(nearest);
  }

  private static int cards(double uniform) {
    if (uniform < SHARE_WITH_ONE_CARD) {
      return 1;
    }
    return uniform < SHARE_WITH_ONE_CARD + SHARE_WITH_TWO_CARDS ? 2 : MAX_CARDS;
  }
}
