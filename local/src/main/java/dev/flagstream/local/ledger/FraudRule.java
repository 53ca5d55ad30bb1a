package dev.flagstream.local.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule of IS_FRAUD, written a second time on purpose: the ledger must be able to contradict the
 * UDF, so it shares no code with it.
 */
final class FraudRule {

  private static final String DEFAULT_AMOUNT_THRESHOLD = "2000.00";
  private static final String DEFAULT_AWAY_AMOUNT_THRESHOLD = "500.00";

  private final BigDecimal amountThreshold;
  private final BigDecimal awayAmountThreshold;
  private final Set<String> usualCities;

  private FraudRule(
      BigDecimal amountThreshold, BigDecimal awayAmountThreshold, Set<String> cities) {
    this.amountThreshold = amountThreshold;
    this.awayAmountThreshold = awayAmountThreshold;
    this.usualCities = cities;
  }

  /** The rule as the SQL server's properties set it. */
  static FraudRule configured(Map<String, String> sqlProperties) {
    return new FraudRule(
        new BigDecimal(
            setting(sqlProperties, "amount.threshold", DEFAULT_AMOUNT_THRESHOLD).strip()),
        new BigDecimal(
            setting(sqlProperties, "away.amount.threshold", DEFAULT_AWAY_AMOUNT_THRESHOLD).strip()),
        Arrays.stream(setting(sqlProperties, "usual.cities", "").split(",", -1))
            .filter(city -> !city.isBlank())
            .map(FraudRule::comparable)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String setting(Map<String, String> properties, String key, String otherwise) {
    String forAll = properties.getOrDefault("ksql.functions._global_." + key, otherwise);
    return properties.getOrDefault("ksql.functions.is_fraud." + key, forAll);
  }

  /** Why a transaction is suspicious; empty if it is not. */
  List<String> reasons(BigDecimal amount, String city, String homeCity) {
    List<String> reasons = new ArrayList<>();
    if (amount.compareTo(amountThreshold) >= 0) {
      reasons.add("AMOUNT_OVER_THRESHOLD");
    }
    if (amount.compareTo(awayAmountThreshold) >= 0 && !isBlank(city)) {
      if (!isBlank(homeCity)) {
        if (!comparable(city).equals(comparable(homeCity))) {
          reasons.add("AWAY_FROM_HOME");
        }
      } else if (!usualCities.isEmpty() && !usualCities.contains(comparable(city))) {
        reasons.add("UNUSUAL_CITY");
      }
    }
    return reasons;
  }

  private static boolean isBlank(String city) {
    return city == null || city.isBlank();
  }

  private static String comparable(String city) {
    return String.join(" ", city.strip().split("\\s+")).toLowerCase(Locale.ROOT);
  }
}
