package dev.flagstream.udf;

import dev.flagstream.udf.FunctionSettings.Setting;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rules by which IS_FRAUD, RULE_HITS and RULE_SET_VERSION agree. Immutable.
 *
 * @param amountThreshold from this amount on, any transaction is suspicious
 * @param awayAmountThreshold from this amount on, a transaction in an unusual place is suspicious
 * @param usualCities the cities, normalized, that are usual for a card whose home city is not
 *     known; if there are none, every city is usual
 */
record FraudRules(
    BigDecimal amountThreshold, BigDecimal awayAmountThreshold, Set<String> usualCities) {

  /** Raised whenever the same settings begin to mean something else. */
  private static final int LOGIC_VERSION = 1;

  private static final String AMOUNT_THRESHOLD = "amount.threshold";
  private static final String AWAY_AMOUNT_THRESHOLD = "away.amount.threshold";
  private static final String USUAL_CITIES = "usual.cities";
  private static final Set<String> KEYS =
      Set.of(AMOUNT_THRESHOLD, AWAY_AMOUNT_THRESHOLD, USUAL_CITIES);

  /** Of a number with a long exponent the digits alone would fill the memory. */
  private static final int MOST_DIGITS = 32;

  private static final Pattern WHITESPACE = Pattern.compile("\\s+");

  private static final FraudRules DEFAULTS =
      new FraudRules(new BigDecimal("2000.00"), new BigDecimal("500.00"), Set.of());

  FraudRules {
    usualCities = Set.copyOf(usualCities);
  }

  static FraudRules defaults() {
    return DEFAULTS;
  }

  /**
   * The rules as a function's settings say, defaults for what they leave out.
   *
   * @throws IllegalArgumentException naming the property and the value that cannot be used
   */
  static FraudRules configured(String functionName, Map<String, ?> properties) {
    FunctionSettings settings = new FunctionSettings(functionName, KEYS, properties);
    return new FraudRules(
        settings.find(AMOUNT_THRESHOLD).map(FraudRules::amount).orElse(DEFAULTS.amountThreshold),
        settings
            .find(AWAY_AMOUNT_THRESHOLD)
            .map(FraudRules::amount)
            .orElse(DEFAULTS.awayAmountThreshold),
        settings.find(USUAL_CITIES).map(FraudRules::cities).orElse(DEFAULTS.usualCities));
  }

  private static BigDecimal amount(Setting setting) {
    BigDecimal amount;
    try {
      amount = new BigDecimal(setting.value().strip());
    } catch (NumberFormatException e) {
      throw setting.invalid("expected an amount such as 2000.00");
    }
    if (amount.signum() <= 0
        || amount.scale() > MOST_DIGITS
        || amount.precision() - (long) amount.scale() > MOST_DIGITS) {
      throw setting.invalid(
          "expected an amount above 0, of at most 32 digits before the point and behind it");
    }
    return amount;
  }

  private static Set<String> cities(Setting setting) {
    return Arrays.stream(setting.value().split(",", -1))
        .filter(city -> !city.isBlank())
        .map(FraudRules::normalized)
        .collect(Collectors.toSet());
  }

  private static String normalized(String city) {
    return WHITESPACE.matcher(city.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  /**
   * Why a transaction is suspicious, in the order of {@link FraudReason}; empty if it is not.
   *
   * <p>What is not known is no evidence: a null or NaN amount gives no reason, and a null or blank
   * city no reason of place. Doubles are exact here: any two amounts of up to 15 digits that
   * differ, such as all of DECIMAL(10,2), differ as doubles too.
   *
   * @param homeCity null or blank where it is not known; {@link #usualCities} then decide
   */
  List<String> reasons(Double amount, String city, String homeCity) {
    if (amount == null) {
      return List.of();
    }
    List<String> reasons = new ArrayList<>(2);
    if (amount >= amountThreshold.doubleValue()) {
      reasons.add(FraudReason.AMOUNT_OVER_THRESHOLD.name());
    }
    if (amount >= awayAmountThreshold.doubleValue() && isKnown(city)) {
      if (isKnown(homeCity)) {
        if (!normalized(city).equals(normalized(homeCity))) {
          reasons.add(FraudReason.AWAY_FROM_HOME.name());
        }
      } else if (!usualCities.isEmpty() && !usualCities.contains(normalized(city))) {
        reasons.add(FraudReason.UNUSUAL_CITY.name());
      }
    }
    return reasons;
  }

  private static boolean isKnown(String city) {
    return city != null && !city.isBlank();
  }

  /**
   * The name of these rules, for the record of each decision: equal exactly for rules that decide
   * alike.
   */
  String version() {
    return "rules-" + LOGIC_VERSION + "@" + sha256(canonicalSettings()).substring(0, 12);
  }

  private String canonicalSettings() {
    return String.join(
        "\n",
        AMOUNT_THRESHOLD + "=" + amountThreshold.stripTrailingZeros().toPlainString(),
        AWAY_AMOUNT_THRESHOLD + "=" + awayAmountThreshold.stripTrailingZeros().toPlainString(),
        USUAL_CITIES + "=" + String.join(",", new TreeSet<>(usualCities)));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
