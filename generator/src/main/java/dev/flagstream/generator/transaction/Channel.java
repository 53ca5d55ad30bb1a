package dev.flagstream.generator.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** How a card was used; the label is what transactions carry. */
public enum Channel {
  CHIP,
  CONTACTLESS,
  ONLINE,
  ATM;

  private final String label = name().toLowerCase(Locale.ROOT);

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  private final byte[] json = (",\"channel\":\"" + label + "\"").getBytes(UTF_8);

  /** The field of a transaction that tells it, behind a comma; not to be changed. */
  byte[] json() {
    return json;
  }

  /** Lower case, such as {@code contactless}. */
  public String label() {
    return label;
  }
}
