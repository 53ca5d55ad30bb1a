package dev.flagstream.udf.features;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The features of a merchant by their definitions, over the whole lists of what has come. Shares no
 * code with what it checks.
 */
final class MerchantFeaturesByBatch {

  record Sale(String id, Instant time) {}

  record Report(String id, Instant saleTime, boolean isFraud, Instant reportedAt) {}

  private MerchantFeaturesByBatch() {}

  static Map<String, Double> features(
      Instant now, Duration delay, List<Sale> sales, List<Report> reports) {
    Map<String, Sale> byId = new LinkedHashMap<>();
    sales.forEach(sale -> byId.putIfAbsent(sale.id(), sale));
    Map<String, Double> features = new TreeMap<>();
    for (int days : new int[] {1, 7, 30}) {
      Instant until = now.minus(delay);
      Instant after = until.minus(Duration.ofDays(days));
      long count =
          byId.values().stream().filter(sale -> isBetween(sale.time(), after, until)).count();
      long frauds =
          reports.stream()
              .filter(report -> report.isFraud() && isBetween(report.saleTime(), after, until))
              .filter(report -> !report.reportedAt().isAfter(now))
              .filter(report -> holds(report, now, reports))
              .map(Report::id)
              .distinct()
              .count();
      features.put("merchant_count_" + days + "d", (double) count);
      features.put(
          "merchant_fraud_share_" + days + "d", count == 0 ? 0.0 : frauds / (double) count);
    }
    return features;
  }

  private static boolean isBetween(Instant time, Instant after, Instant until) {
    return time.isAfter(after) && !time.isAfter(until);
  }

  /** Unless a report of the same sale, no earlier but known by now, says that it was none. */
  private static boolean holds(Report fraud, Instant now, List<Report> reports) {
    return reports.stream()
        .filter(report -> !report.isFraud() && report.id().equals(fraud.id()))
        .noneMatch(
            report ->
                !report.reportedAt().isBefore(fraud.reportedAt())
                    && !report.reportedAt().isAfter(now));
  }
}
