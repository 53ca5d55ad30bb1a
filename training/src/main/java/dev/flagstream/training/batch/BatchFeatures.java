package dev.flagstream.training.batch;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The features of whole histories, looking back from each transaction over everything before it:
 * slow, simple, and without any state to keep.
 *
 * <p>A window {@code (t - n, t]} of a card holds the transaction itself and those before it in the
 * list; of two transactions at the same instant the later in the list sees the earlier.
 */
public final class BatchFeatures {

  private static final long[] CARD_WINDOWS_MS = {
    Duration.ofMinutes(10).toMillis(),
    Duration.ofHours(1).toMillis(),
    Duration.ofDays(1).toMillis(),
    Duration.ofDays(7).toMillis(),
    Duration.ofDays(30).toMillis()
  };
  private static final long MEMORY_MS = Duration.ofDays(30).toMillis();
  private static final long[] MERCHANT_WINDOWS_MS = {
    Duration.ofDays(1).toMillis(), Duration.ofDays(7).toMillis(), Duration.ofDays(30).toMillis()
  };
  private static final int LAST_HOUR_OF_NIGHT = 6;
  private static final double MS_PER_SECOND = 1_000;
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double CENTS = 100;

  private final long delayMs;

  /** With a feedback delay: how long before a transaction the merchant's windows end. */
  public BatchFeatures(Duration feedbackDelay) {
    this.delayMs = feedbackDelay.toMillis();
  }

  /**
   * Computes the features of all.
   *
   * @param history in the order of time
   * @return a vector as {@link FeatureNames#ALL} for each, NaN where a feature is not defined
   */
  public double[][] of(List<CardTransaction> history) {
    Map<String, List<Integer>> cards = new HashMap<>();
    Map<String, List<Integer>> merchants = new HashMap<>();
    for (int i = 0; i < history.size(); i++) {
      cards.computeIfAbsent(history.get(i).card(), card -> new ArrayList<>()).add(i);
      merchants.computeIfAbsent(history.get(i).merchant(), m -> new ArrayList<>()).add(i);
    }
    double[][] vectors = new double[history.size()][];
    for (List<Integer> places : cards.values()) {
      List<CardTransaction> ofCard = places.stream().map(history::get).toList();
      for (int i = 0; i < places.size(); i++) {
        vectors[places.get(i)] = ofCard(ofCard, i);
      }
    }
    for (List<Integer> places : merchants.values()) {
      Merchant merchant = new Merchant(places.stream().map(history::get).toList());
      for (int place : places) {
        merchant.fill(vectors[place], history.get(place).timeMs());
      }
    }
    return vectors;
  }

  private static double[] ofCard(List<CardTransaction> card, int place) {
    CardTransaction now = card.get(place);
    double[] vector = new double[FeatureNames.ALL.size()];
    Arrays.fill(vector, Double.NaN);
    vector[at("amount")] = now.amountCents() / CENTS;
    windows(card, place, vector);
    comparedWithEarlier(earlier(card, place), now, vector);
    place(card, place, vector);
    calendar(now, vector);
    vector[at("customer_age")] = now.customerAge();
    vector[at("location_risk")] = now.locationRisk();
    return vector;
  }

  private static void windows(List<CardTransaction> card, int place, double[] vector) {
    long t = card.get(place).timeMs();
    for (int w = 0; w < CARD_WINDOWS_MS.length; w++) {
      long count = 0;
      long cents = 0;
      for (int j = place; j >= 0 && card.get(j).timeMs() > t - CARD_WINDOWS_MS[w]; j--) {
        count++;
        cents += card.get(j).amountCents();
      }
      int at = at("card_count_10m") + 3 * w;
      vector[at] = count;
      vector[at + 1] = cents / CENTS;
      vector[at + 2] = cents / CENTS / count;
    }
  }

  private static List<CardTransaction> earlier(List<CardTransaction> card, int place) {
    int first = place;
    while (first > 0 && card.get(first - 1).timeMs() > card.get(place).timeMs() - MEMORY_MS) {
      first--;
    }
    return card.subList(first, place);
  }

  private static void comparedWithEarlier(
      List<CardTransaction> earlier, CardTransaction now, double[] vector) {
    boolean newMerchant = true;
    boolean newCategory = true;
    boolean newCountry = true;
    long cents = 0;
    for (CardTransaction one : earlier) {
      cents += one.amountCents();
      newMerchant &= !one.merchant().equals(now.merchant());
      newCategory &= !Objects.equals(one.category(), now.category());
      newCountry &= !Objects.equals(one.country(), now.country());
    }
    vector[at("new_merchant")] = newMerchant ? 1 : 0;
    vector[at("new_category")] = now.category() == null ? Double.NaN : newCategory ? 1 : 0;
    vector[at("new_country")] = now.country() == null ? Double.NaN : newCountry ? 1 : 0;
    if (earlier.isEmpty()) {
      return;
    }
    double mean = (double) cents / earlier.size();
    vector[at("amount_ratio_30d")] = mean == 0 ? Double.NaN : now.amountCents() / mean;
    if (earlier.size() > 1) {
      // In cents: equal amounts then differ from their mean by exactly 0.
      double squares = 0;
      for (CardTransaction one : earlier) {
        double difference = one.amountCents() - mean;
        squares += difference * difference;
      }
      double deviation = Math.sqrt(squares / (earlier.size() - 1));
      vector[at("amount_zscore_30d")] =
          deviation == 0 ? Double.NaN : (now.amountCents() - mean) / deviation;
    }
  }

  private static void place(List<CardTransaction> card, int place, double[] vector) {
    CardTransaction now = card.get(place);
    vector[at("km_from_home")] = Haversine.km(now.homeLat(), now.homeLon(), now.lat(), now.lon());
    List<CardTransaction> earlier = earlier(card, place);
    if (earlier.isEmpty()) {
      return;
    }
    CardTransaction last = earlier.get(earlier.size() - 1);
    double seconds = (now.timeMs() - last.timeMs()) / MS_PER_SECOND;
    double km = Haversine.km(last.lat(), last.lon(), now.lat(), now.lon());
    vector[at("seconds_since_last")] = seconds;
    vector[at("km_from_last")] = km;
    vector[at("kmh_from_last")] = seconds == 0 ? Double.NaN : km / (seconds / SECONDS_PER_HOUR);
  }

  private static void calendar(CardTransaction now, double[] vector) {
    ZonedDateTime time = Instant.ofEpochMilli(now.timeMs()).atZone(ZoneOffset.UTC);
    DayOfWeek day = time.getDayOfWeek();
    vector[at("night")] = time.getHour() <= LAST_HOUR_OF_NIGHT ? 1 : 0;
    vector[at("weekend")] = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? 1 : 0;
  }

  private static int at(String feature) {
    return Places.OF.get(feature);
  }

  private static final class Places {
    static final Map<String, Integer> OF = new HashMap<>();

    static {
      for (int i = 0; i < FeatureNames.ALL.size(); i++) {
        OF.put(FeatureNames.ALL.get(i), i);
      }
    }
  }

  /** The transactions of a merchant, and which of them were reported. */
  private final class Merchant {

    private final long[] timesMs;
    private final List<CardTransaction> frauds;

    Merchant(List<CardTransaction> transactions) {
      timesMs = transactions.stream().mapToLong(CardTransaction::timeMs).toArray();
      frauds = transactions.stream().filter(CardTransaction::fraud).toList();
    }

    void fill(double[] vector, long t) {
      long to = t - delayMs;
      for (int w = 0; w < MERCHANT_WINDOWS_MS.length; w++) {
        long from = to - MERCHANT_WINDOWS_MS[w];
        int count = upTo(to) - upTo(from);
        long reported =
            frauds.stream()
                .filter(fraud -> fraud.timeMs() > from && fraud.timeMs() <= to)
                .filter(fraud -> fraud.fraudReportedAtMs() <= t)
                .count();
        int at = at("merchant_count_1d") + 2 * w;
        vector[at] = count;
        vector[at + 1] = count == 0 ? 0 : (double) reported / count;
      }
    }

    /** How many transactions there are at or before an instant. */
    private int upTo(long ms) {
      int low = 0;
      int high = timesMs.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (timesMs[middle] <= ms) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
