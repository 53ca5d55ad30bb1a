package dev.flagstream.udf.features;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The features of a card's transactions by their definitions, over the whole list, in decimal
 * arithmetic. Shares no code with what it checks.
 */
final class CardFeaturesByBatch {

  record Payment(
      String id,
      Instant time,
      BigDecimal amount,
      String merchant,
      String category,
      String country,
      Place place,
      Place home) {}

  /** Degrees. */
  record Place(double lat, double lon) {}

  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "10m", Duration.ofMinutes(10),
          "1h", Duration.ofHours(1),
          "1d", Duration.ofDays(1),
          "7d", Duration.ofDays(7),
          "30d", Duration.ofDays(30));
  private static final MathContext DIGITS = new MathContext(40);

  private CardFeaturesByBatch() {}

  /** The features of {@code now} when those of {@code arrived} have come before it, in order. */
  static Map<String, Double> features(Payment now, List<Payment> arrived) {
    Map<String, Double> features = new TreeMap<>();
    features.put("amount", now.amount().doubleValue());
    List<Payment> others = new ArrayList<>();
    for (Payment each : arrived) {
      boolean again = others.stream().anyMatch(other -> other.id().equals(each.id()));
      if (!again && !each.id().equals(now.id()) && !each.time().isAfter(now.time())) {
        others.add(each);
      }
    }
    WINDOWS.forEach(
        (suffix, size) -> {
          List<Payment> inside = since(now.time().minus(size), others);
          BigDecimal sum =
              inside.stream().map(Payment::amount).reduce(now.amount(), BigDecimal::add);
          BigDecimal count = BigDecimal.valueOf(inside.size() + 1L);
          features.put("card_count_" + suffix, count.doubleValue());
          features.put("card_sum_" + suffix, sum.doubleValue());
          features.put("card_mean_" + suffix, sum.divide(count, DIGITS).doubleValue());
        });
    List<Payment> earlier = since(now.time().minus(WINDOWS.get("30d")), others);
    amountAgainst(earlier, now, features);
    // A stable sort: of the same millisecond, the one that came later is the last.
    List<Payment> inTime = earlier.stream().sorted(Comparator.comparing(Payment::time)).toList();
    if (!inTime.isEmpty()) {
      sinceLast(inTime.get(inTime.size() - 1), now, features);
    }
    distance(now.place(), now.home()).ifPresent(km -> features.put("km_from_home", km));
    isNew("new_merchant", now, earlier, Payment::merchant, features);
    isNew("new_category", now, earlier, Payment::category, features);
    isNew("new_country", now, earlier, Payment::country, features);
    OffsetDateTime utc = now.time().atOffset(ZoneOffset.UTC);
    DayOfWeek day = utc.getDayOfWeek();
    features.put("night", utc.getHour() <= 6 ? 1.0 : 0.0);
    features.put("weekend", day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? 1.0 : 0.0);
    return features;
  }

  private static List<Payment> since(Instant after, List<Payment> payments) {
    return payments.stream().filter(each -> each.time().isAfter(after)).toList();
  }

  private static void amountAgainst(
      List<Payment> earlier, Payment now, Map<String, Double> features) {
    if (earlier.isEmpty()) {
      return;
    }
    BigDecimal count = BigDecimal.valueOf(earlier.size());
    BigDecimal mean =
        earlier.stream()
            .map(Payment::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(count, DIGITS);
    if (mean.signum() != 0) {
      features.put("amount_ratio_30d", now.amount().divide(mean, DIGITS).doubleValue());
    }
    if (earlier.stream().map(each -> each.amount().stripTrailingZeros()).distinct().count() > 1) {
      BigDecimal variance =
          earlier.stream()
              .map(each -> each.amount().subtract(mean).pow(2))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .divide(count.subtract(BigDecimal.ONE), DIGITS);
      BigDecimal deviation = variance.sqrt(DIGITS);
      features.put(
          "amount_zscore_30d", now.amount().subtract(mean).divide(deviation, DIGITS).doubleValue());
    }
  }

  private static void sinceLast(Payment last, Payment now, Map<String, Double> features) {
    double seconds = Duration.between(last.time(), now.time()).toMillis() / 1000.0;
    features.put("seconds_since_last", seconds);
    distance(now.place(), last.place())
        .ifPresent(
            km -> {
              features.put("km_from_last", km);
              if (seconds > 0) {
                features.put("kmh_from_last", km / seconds * 3600);
              }
            });
  }

  private static void isNew(
      String name,
      Payment now,
      List<Payment> earlier,
      Function<Payment, String> attribute,
      Map<String, Double> features) {
    String value = attribute.apply(now);
    if (value != null) {
      boolean seen = earlier.stream().map(attribute).anyMatch(value::equals);
      features.put(name, seen ? 0.0 : 1.0);
    }
  }

  /** By the angle between two vectors from the centre of the Earth. */
  private static OptionalDouble distance(Place from, Place to) {
    if (from == null || to == null) {
      return OptionalDouble.empty();
    }
    double[] a = vector(from);
    double[] b = vector(to);
    double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    double[] cross = {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
    double sine = Math.sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
    return OptionalDouble.of(6371 * Math.atan2(sine, dot));
  }

  private static double[] vector(Place place) {
    double lat = Math.toRadians(place.lat());
    double lon = Math.toRadians(place.lon());
    return new double[] {
      Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)
    };
  }
}
