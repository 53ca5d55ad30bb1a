package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Channel;
import java.util.Locale;

/**
 * What a merchant sells, with its merchant category code of ISO 18245; the label is what
 * transactions carry.
 */
public enum MerchantCategory {
  GROCERY("5411", Channel.CONTACTLESS, 0.20, 0.9),
  RESTAURANT("5812", Channel.CONTACTLESS, 0.14, 0.8),
  FAST_FOOD("5814", Channel.CONTACTLESS, 0.10, 0.3),
  FUEL("5541", Channel.CHIP, 0.10, 0.8),
  PHARMACY("5912", Channel.CONTACTLESS, 0.05, 0.6),
  CLOTHING("5651", Channel.CHIP, 0.06, 1.4),
  ELECTRONICS("5732", Channel.CHIP, 0.02, 3.5),
  JEWELRY("5944", Channel.CHIP, 0.005, 5.0),
  TRAVEL("4722", Channel.ONLINE, 0.015, 5.0),
  HOTEL("7011", Channel.CHIP, 0.02, 3.5),
  ENTERTAINMENT("7922", Channel.CHIP, 0.03, 0.8),
  HOME_IMPROVEMENT("5200", Channel.CHIP, 0.03, 1.6),
  ONLINE_RETAIL("5964", Channel.ONLINE, 0.09, 1.1),
  DIGITAL_GOODS("5818", Channel.ONLINE, 0.03, 0.3),
  UTILITIES("4900", Channel.ONLINE, 0.02, 1.6),
  HEALTH("8011", Channel.CHIP, 0.02, 1.5),
  TRANSPORT("4111", Channel.CONTACTLESS, 0.05, 0.2),
  CASH("6011", Channel.ATM, 0.02, 1.6);

  private static final double MEAN_PRICE_LEVEL = meanPriceLevel();

  private final String mcc;
  private final Channel channel;
  private final double share;
  private final double rawPriceLevel;
  private final int number;
  private final String label = name().toLowerCase(Locale.ROOT);

  MerchantCategory(String mcc, Channel channel, double share, double rawPriceLevel) {
    this.mcc = mcc;
    this.channel = channel;
    this.share = share;
    this.rawPriceLevel = rawPriceLevel;
    this.number = Integer.parseInt(mcc);
  }

  /** The merchant category code of ISO 18245. */
  public String mcc() {
    return mcc;
  }

  /** The merchant category code as a number, which stays the same whatever is added here. */
  int number() {
    return number;
  }

  /** How cards are used there. */
  public Channel channel() {
    return channel;
  }

  /** The share of honest transactions; all shares make 1. */
  public double share() {
    return share;
  }

  /** What one pays there compared with elsewhere: weighted by the shares, the mean is 1. */
  public double priceLevel() {
    return rawPriceLevel / MEAN_PRICE_LEVEL;
  }

  /** Whether the card or its holder must be where the merchant is. */
  public boolean inPerson() {
    return channel != Channel.ONLINE;
  }

  /** Whether it is a shop with a terminal, and no cash machine. */
  public boolean hasTerminal() {
    return inPerson() && channel != Channel.ATM;
  }

  /** Lower case with underscores, such as {@code home_improvement}. */
  public String label() {
    return label;
  }

  private static double meanPriceLevel() {
    double mean = 0;
    for (MerchantCategory category : values()) {
      mean += category.share * category.rawPriceLevel;
    }
    return mean;
  }
}
