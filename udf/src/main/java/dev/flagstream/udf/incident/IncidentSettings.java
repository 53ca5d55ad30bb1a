package dev.flagstream.udf.incident;

import dev.flagstream.udf.FunctionSettings;
import dev.flagstream.udf.FunctionSettings.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What FRAUD_INCIDENT takes for one incident, and for a severe one. Immutable.
 *
 * @param gapMs how far apart in event time two flagged transactions of a card may be, at most, and
 *     still be of one incident
 * @param medium the expected loss from which on an incident is of medium severity; less is low
 * @param high the expected loss from which on it is high
 * @param critical the expected loss from which on it is critical
 */
record IncidentSettings(long gapMs, BigDecimal medium, BigDecimal high, BigDecimal critical) {

  static final IncidentSettings DEFAULTS =
      new IncidentSettings(
          Duration.ofMinutes(30).toMillis(),
          new BigDecimal("100.00"),
          new BigDecimal("500.00"),
          new BigDecimal("2000.00"));

  private static final String GAP = "gap.ms";
  private static final String MEDIUM = "severity.medium";
  private static final String HIGH = "severity.high";
  private static final String CRITICAL = "severity.critical";
  private static final Set<String> KEYS = Set.of(GAP, MEDIUM, HIGH, CRITICAL);
  private static final long LONGEST_GAP_MS = Duration.ofDays(30).toMillis();

  /**
   * The settings among a server's properties, defaults for what is not set.
   *
   * @throws IllegalArgumentException naming the property and the value that cannot be used
   */
  static IncidentSettings configured(Map<String, ?> properties) {
    FunctionSettings settings = new FunctionSettings("fraud_incident", KEYS, properties);
    IncidentSettings configured =
        new IncidentSettings(
            settings.find(GAP).map(IncidentSettings::gap).orElse(DEFAULTS.gapMs),
            settings.find(MEDIUM).map(IncidentSettings::amount).orElse(DEFAULTS.medium),
            settings.find(HIGH).map(IncidentSettings::amount).orElse(DEFAULTS.high),
            settings.find(CRITICAL).map(IncidentSettings::amount).orElse(DEFAULTS.critical));
    if (configured.medium.compareTo(configured.high) > 0
        || configured.high.compareTo(configured.critical) > 0) {
      throw new IllegalArgumentException(
          "%s, %s and %s are %s, %s and %s: expected each to be at least the one before it"
              .formatted(
                  settings.ownProperty(MEDIUM),
                  settings.ownProperty(HIGH),
                  settings.ownProperty(CRITICAL),
                  configured.medium.toPlainString(),
                  configured.high.toPlainString(),
                  configured.critical.toPlainString()));
    }
    return configured;
  }

  private static long gap(Setting setting) {
    String expectation = "expected milliseconds, at most 30 days: 0 to " + LONGEST_GAP_MS;
    long gap;
    try {
      gap = Long.parseLong(setting.value().strip());
    } catch (NumberFormatException e) {
      throw setting.invalid(expectation);
    }
    if (gap < 0 || gap > LONGEST_GAP_MS) {
      throw setting.invalid(expectation);
    }
    return gap;
  }

  private static BigDecimal amount(Setting setting) {
    BigDecimal amount;
    try {
      amount = new BigDecimal(setting.value().strip());
    } catch (NumberFormatException e) {
      throw setting.invalid("expected an amount such as 500.00");
    }
    if (amount.signum() < 0 || amount.precision() - (long) amount.scale() > 32) {
      throw setting.invalid(
          "expected an amount of 0 or more, of at most 32 digits before the point");
    }
    return amount;
  }

  /** How bad an expected loss is. */
  IncidentSeverity severityOf(BigDecimal expectedLoss) {
    if (expectedLoss.compareTo(critical) >= 0) {
      return IncidentSeverity.CRITICAL;
    }
    if (expectedLoss.compareTo(high) >= 0) {
      return IncidentSeverity.HIGH;
    }
    return expectedLoss.compareTo(medium) >= 0 ? IncidentSeverity.MEDIUM : IncidentSeverity.LOW;
  }
}
