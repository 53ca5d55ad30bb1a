package dev.flagstream.udf.features;

import dev.flagstream.udf.FunctionSettings;
import dev.flagstream.udf.FunctionSettings.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How much CARD_FEATURES and MERCHANT_FEATURES remember. Immutable.
 *
 * @param graceMs how late a transaction may be, measured by the newest of its key, and still count
 * @param maxEvents how many transactions of a key are kept one by one
 * @param feedbackDelayMs how long after a transaction its label is counted on to be there
 */
record FeatureSettings(long graceMs, int maxEvents, long feedbackDelayMs) {

  static final FeatureSettings DEFAULTS =
      new FeatureSettings(Duration.ofDays(1).toMillis(), 1_000, Duration.ofDays(7).toMillis());

  private static final String GRACE = "grace.ms";
  private static final String MAX_EVENTS = "max.events";
  private static final String FEEDBACK_DELAY = "feedback.delay.ms";
  private static final Set<String> OF_CARDS = Set.of(GRACE, MAX_EVENTS);
  private static final Set<String> OF_MERCHANTS = Set.of(GRACE, MAX_EVENTS, FEEDBACK_DELAY);

  private static final long LONGEST_MS = Duration.ofDays(365).toMillis();
  private static final int MOST_EVENTS = 100_000;

  /**
   * The settings of CARD_FEATURES, defaults for what is not set.
   *
   * @throws IllegalArgumentException naming the property and the value that cannot be used
   */
  static FeatureSettings ofCards(Map<String, ?> properties) {
    return configured(new FunctionSettings("card_features", OF_CARDS, properties));
  }

  /**
   * The settings of MERCHANT_FEATURES, defaults for what is not set.
   *
   * @throws IllegalArgumentException naming the property and the value that cannot be used
   */
  static FeatureSettings ofMerchants(Map<String, ?> properties) {
    return configured(new FunctionSettings("merchant_features", OF_MERCHANTS, properties));
  }

  private static FeatureSettings configured(FunctionSettings settings) {
    return new FeatureSettings(
        settings.find(GRACE).map(FeatureSettings::milliseconds).orElse(DEFAULTS.graceMs),
        settings.find(MAX_EVENTS).map(FeatureSettings::events).orElse(DEFAULTS.maxEvents),
        settings
            .find(FEEDBACK_DELAY)
            .map(FeatureSettings::milliseconds)
            .orElse(DEFAULTS.feedbackDelayMs));
  }

  private static long milliseconds(Setting setting) {
    return number(setting, 0, LONGEST_MS, "expected milliseconds, at most a year: 0 to ");
  }

  private static int events(Setting setting) {
    return (int) number(setting, 1, MOST_EVENTS, "expected a number of transactions, 1 to ");
  }

  private static long number(Setting setting, long least, long most, String expectation) {
    long value;
    try {
      value = Long.parseLong(setting.value().strip());
    } catch (NumberFormatException e) {
      throw setting.invalid(expectation + most);
    }
    if (value < least || value > most) {
      throw setting.invalid(expectation + most);
    }
    return value;
  }
}
