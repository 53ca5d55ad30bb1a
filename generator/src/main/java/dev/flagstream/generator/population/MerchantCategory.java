package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Channel;
import java.util.Locale;

/** What a merchant sells; the label is what transactions carry. */
public enum MerchantCategory {
  GROCERY("5411", Channel.CONTACTLESS),
  RESTAURANT("5812", Channel.CONTACTLESS),
  FUEL("5541", Channel.CHIP),
  PHARMACY("5912", Channel.CONTACTLESS),
  CLOTHING("5651", Channel.CHIP),
  ELECTRONICS("5732", Channel.CHIP),
  JEWELRY("5944", Channel.CHIP),
  TRAVEL("4722", Channel.ONLINE),
  ENTERTAINMENT("7922", Channel.CHIP),
  HOME_IMPROVEMENT("5200", Channel.CHIP),
  ONLINE_RETAIL("5964", Channel.ONLINE),
  UTILITIES("4900", Channel.ONLINE),
  HEALTH("8011", Channel.CHIP),
  TRANSPORT("4111", Channel.CONTACTLESS);

  private final String mcc;
  private final Channel channel;
  private final String label = name().toLowerCase(Locale.ROOT);

  MerchantCategory(String mcc, Channel channel) {
    this.mcc = mcc;
    this.channel = channel;
  }

  /** The merchant category code of ISO 18245. */
  public String mcc() {
    return mcc;
  }

  /** How cards are mostly used there. */
  public Channel channel() {
    return channel;
  }

  /** Lower case with underscores, such as {@code home_improvement}. */
  public String label() {
    return label;
  }
}
