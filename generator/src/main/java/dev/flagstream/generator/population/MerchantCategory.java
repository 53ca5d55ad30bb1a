package dev.flagstream.generator.population;

import java.util.Locale;

/** What a merchant sells; the label is what transactions carry. */
public enum MerchantCategory {
  GROCERY,
  RESTAURANT,
  FUEL,
  PHARMACY,
  CLOTHING,
  ELECTRONICS,
  JEWELRY,
  TRAVEL,
  ENTERTAINMENT,
  HOME_IMPROVEMENT,
  ONLINE_RETAIL,
  UTILITIES,
  HEALTH,
  TRANSPORT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Lower case with underscores, such as {@code home_improvement}. */
  public String label() {
    return label;
  }
}
