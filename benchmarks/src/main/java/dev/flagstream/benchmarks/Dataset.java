package dev.flagstream.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Transactions and cards, the same for the same size and seed.
 *
 * <p>Records are about 240 bytes of JSON, a millisecond of event time apart. Cards are drawn
 * evenly; one amount in fifty is above the 2,000 from which IS_FRAUD finds it suspicious. Not
 * thread-safe.
 */
public final class Dataset {

  /** Event time of the first transaction, in epoch milliseconds. */
  public static final long START_MS = 1_763_632_800_000L;

  private static final List<String> MERCHANTS =
      List.of("Northwind Grocery", "Blue Harbor Fuel", "Sunrise Electronics", "Old Town Books");
  private static final List<String> CITIES =
      List.of("Amsterdam", "Barcelona", "Copenhagen", "Edinburgh", "Frankfurt", "Gothenburg");
  private static final int MAX_CENTS = 204_080;
  private static final int RISKS = 5;

  private final int cards;
  private final RandomGenerator random;

  /** Transactions of {@code cards} cards. */
  public Dataset(int cards, long seed) {
    this.cards = cards;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * A record for a topic.
   *
   * @param timestampMs event time in epoch milliseconds
   */
  public record Entry(String key, String value, long timestampMs) {}

  /** What is known of the card of this number, from 0; older than any transaction. */
  public Entry card(int number) {
    String value =
        "{\"home_city\":\"%s\",\"risk\":%d}"
            .formatted(CITIES.get(number % CITIES.size()), number % RISKS);
    return new Entry(cardNumber(number), value, START_MS - 1);
  }

  /** The next transaction; {@code number} counts them from 0. */
  public Entry transaction(int number) {
    String card = cardNumber(random.nextInt(cards));
    long timestampMs = START_MS + number;
    int cents = 100 + random.nextInt(MAX_CENTS);
    String value =
        String.format(
            Locale.ROOT,
            "{\"transaction_id\":\"%032x\",\"card_number\":\"%s\",\"amount\":%d.%02d,"
                + "\"currency\":\"EUR\",\"merchant\":\"%s\",\"location\":\"%s\","
                + "\"customer_id\":\"customer-%06d\",\"ip\":\"10.%d.%d.%d\",\"event_time\":%d}",
            number,
            card,
            cents / 100,
            cents % 100,
            MERCHANTS.get(random.nextInt(MERCHANTS.size())),
            CITIES.get(random.nextInt(CITIES.size())),
            random.nextInt(1_000_000),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(256),
            timestampMs);
    return new Entry(card, value, timestampMs);
  }

  private static String cardNumber(int number) {
    return "411100%010d".formatted(number);
  }
}
