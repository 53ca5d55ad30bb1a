package dev.flagstream.generator.transaction;

import java.util.Locale;

/** How a card was used; the label is what transactions carry. */
public enum Channel {
  CHIP,
  CONTACTLESS,
  ONLINE,
  ATM;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Lower case, such as {@code contactless}. */
  public String label() {
    return label;
  }
}
