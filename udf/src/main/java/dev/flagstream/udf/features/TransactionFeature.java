package dev.flagstream.udf.features;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Every feature of a transaction, in the order of the STRUCT: its name, how it is measured, its
 * unit, its meaning and when it is NULL. This is the only place where a feature is declared: {@code
 * make features} writes what else must know of it (the types and lists in ksql, the sinks' schemas,
 * the table of docs/features.md), and a test holds them to it. docs/adding-a-feature.md shows how.
 */
public enum TransactionFeature {
  AMOUNT(card(now -> now.amount()), "money", "The amount of the transaction.", "never"),
  CARD_COUNT_10M(
      card(now -> now.count(CardWindow.TEN_MINUTES)),
      "transactions",
      "How many transactions the card made in the 10 minutes up to this one, itself included.",
      "never"),
  CARD_SUM_10M(
      card(now -> now.sum(CardWindow.TEN_MINUTES)),
      "money",
      "Their sum, added up in cents.",
      "never"),
  CARD_MEAN_10M(card(now -> now.mean(CardWindow.TEN_MINUTES)), "money", "Their mean.", "never"),
  CARD_COUNT_1H(
      card(now -> now.count(CardWindow.HOUR)),
      "transactions",
      "How many transactions the card made in the hour up to this one, itself included.",
      "never"),
  CARD_SUM_1H(
      card(now -> now.sum(CardWindow.HOUR)), "money", "Their sum, added up in cents.", "never"),
  CARD_MEAN_1H(card(now -> now.mean(CardWindow.HOUR)), "money", "Their mean.", "never"),
  CARD_COUNT_1D(
      card(now -> now.count(CardWindow.DAY)),
      "transactions",
      "How many transactions the card made in the day up to this one, itself included.",
      "never"),
  CARD_SUM_1D(
      card(now -> now.sum(CardWindow.DAY)), "money", "Their sum, added up in cents.", "never"),
  CARD_MEAN_1D(card(now -> now.mean(CardWindow.DAY)), "money", "Their mean.", "never"),
  CARD_COUNT_7D(
      card(now -> now.count(CardWindow.WEEK)),
      "transactions",
      "How many transactions the card made in the 7 days up to this one, itself included.",
      "never"),
  CARD_SUM_7D(
      card(now -> now.sum(CardWindow.WEEK)), "money", "Their sum, added up in cents.", "never"),
  CARD_MEAN_7D(card(now -> now.mean(CardWindow.WEEK)), "money", "Their mean.", "never"),
  CARD_COUNT_30D(
      card(now -> now.count(CardWindow.MONTH)),
      "transactions",
      "How many transactions the card made in the 30 days up to this one, itself included.",
      "never"),
  CARD_SUM_30D(
      card(now -> now.sum(CardWindow.MONTH)), "money", "Their sum, added up in cents.", "never"),
  CARD_MEAN_30D(card(now -> now.mean(CardWindow.MONTH)), "money", "Their mean.", "never"),
  AMOUNT_RATIO_30D(
      card(now -> now.amountRatio),
      "number",
      "The amount divided by the mean of the card's other transactions of the last 30 days.",
      "without any, or where they sum up to 0"),
  AMOUNT_ZSCORE_30D(
      card(now -> now.amountZScore),
      "number",
      "How many of their sample standard deviations the amount lies above that mean.",
      "unless two of their amounts differ"),
  SECONDS_SINCE_LAST(
      card(now -> now.secondsSinceLast()),
      "s",
      "Time since the card's last other transaction of the last 30 days.",
      "without one"),
  KM_FROM_LAST(
      card(now -> now.kmFromLast),
      "km",
      "Distance from it by great circle, on a sphere of 6,371 km.",
      "without one, or without the place of either"),
  KMH_FROM_LAST(
      card(now -> now.kmhFromLast()),
      "km/h",
      "The speed it takes to be there in that time.",
      "where there is no distance, or no time has passed"),
  KM_FROM_HOME(
      card(now -> now.kmFromHome),
      "km",
      "Distance from the customer's home.",
      "without the place or the home"),
  NEW_MERCHANT(
      card(now -> CardMeasurement.flag(now.newMerchant)),
      "0 or 1",
      "1 unless one of the card's other transactions of the last 30 days had the same merchant.",
      "where the transaction names no merchant"),
  NEW_CATEGORY(
      card(now -> CardMeasurement.flag(now.newCategory)),
      "0 or 1",
      "1 unless one of the card's other transactions of the last 30 days had the same merchant's"
          + " category.",
      "where the transaction names no category"),
  NEW_COUNTRY(
      card(now -> CardMeasurement.flag(now.newCountry)),
      "0 or 1",
      "1 unless one of the card's other transactions of the last 30 days had the same country.",
      "where the transaction names no country"),
  NIGHT(card(now -> now.isNight() ? 1 : 0), "0 or 1", "1 from 0:00 to 6:59, in UTC.", "never"),
  WEEKEND(
      card(now -> now.isWeekend() ? 1 : 0),
      "0 or 1",
      "1 on Saturdays and Sundays, in UTC.",
      "never"),
  MERCHANT_COUNT_1D(
      merchant(now -> now.count(MerchantWindow.DAY)),
      "transactions",
      "How many transactions the merchant had in the day that ended the feedback delay before this"
          + " one.",
      "without a merchant"),
  MERCHANT_FRAUD_SHARE_1D(
      merchant(now -> now.fraudShare(MerchantWindow.DAY)),
      "0 to 1",
      "The share of frauds among them, by the labels reported up to now; 0 if there are none.",
      "without a merchant"),
  MERCHANT_COUNT_7D(
      merchant(now -> now.count(MerchantWindow.WEEK)),
      "transactions",
      "How many transactions the merchant had in the 7 days that ended the feedback delay before"
          + " this one.",
      "without a merchant"),
  MERCHANT_FRAUD_SHARE_7D(
      merchant(now -> now.fraudShare(MerchantWindow.WEEK)),
      "0 to 1",
      "The share of frauds among them, by the labels reported up to now; 0 if there are none.",
      "without a merchant"),
  MERCHANT_COUNT_30D(
      merchant(now -> now.count(MerchantWindow.MONTH)),
      "transactions",
      "How many transactions the merchant had in the 30 days that ended the feedback delay before"
          + " this one.",
      "without a merchant"),
  MERCHANT_FRAUD_SHARE_30D(
      merchant(now -> now.fraudShare(MerchantWindow.MONTH)),
      "0 to 1",
      "The share of frauds among them, by the labels reported up to now; 0 if there are none.",
      "without a merchant"),
  CUSTOMER_AGE(
      transaction(now -> numberOrNaN(now.customerAge())),
      "years",
      "The age of the customer, as the transaction tells it.",
      "where it does not"),
  LOCATION_RISK(
      transaction(now -> numberOrNaN(now.locationRiskScore())),
      "0 to 1",
      "The risk of the place, as the transaction tells it.",
      "where it does not");

  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  private final Measure measure;

  private final String unit;
  private final String meaning;
  private final String nullRule;

  TransactionFeature(Measure measure, String unit, String meaning, String nullRule) {
    this.measure = measure;
    this.unit = unit;
    this.meaning = meaning;
    this.nullRule = nullRule;
  }

  /** Its name in SQL, where it is in quotes, in documents and for models. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is counted in, for readers. */
  public String unit() {
    return unit;
  }

  /** One sentence, for readers. */
  public String meaning() {
    return meaning;
  }

  /** When it is NULL, for readers: "never" or the end of a sentence. */
  public String nullRule() {
    return nullRule;
  }

  /** Where it comes from. */
  public Source source() {
    return measure.source();
  }

  /** Where a feature comes from. */
  public enum Source {
    /** The transaction and the earlier ones of its card: CARD_FEATURES. */
    CARD,
    /** The merchant's transactions whose labels have had time to arrive: MERCHANT_FEATURES. */
    MERCHANT,
    /** The transaction brings it with it. */
    TRANSACTION
  }

  /** How those of cards are measured, in order; NaN stands for NULL. */
  static Map<TransactionFeature, ToDoubleFunction<CardMeasurement>> ofCard() {
    Map<TransactionFeature, ToDoubleFunction<CardMeasurement>> measures =
        new EnumMap<>(TransactionFeature.class);
    for (TransactionFeature feature : values()) {
      if (feature.measure instanceof OfCard card) {
        measures.put(feature, card.value());
      }
    }
    return measures;
  }

  /** How those of merchants are measured, in order; NaN stands for NULL. */
  static Map<TransactionFeature, ToDoubleFunction<MerchantMeasurement>> ofMerchant() {
    Map<TransactionFeature, ToDoubleFunction<MerchantMeasurement>> measures =
        new EnumMap<>(TransactionFeature.class);
    for (TransactionFeature feature : values()) {
      if (feature.measure instanceof OfMerchant merchant) {
        measures.put(feature, merchant.value());
      }
    }
    return measures;
  }

  /** How those that the transaction brings are taken from it, in order; NaN stands for NULL. */
  static Map<TransactionFeature, ToDoubleFunction<ValidTransaction>> ofTransaction() {
    Map<TransactionFeature, ToDoubleFunction<ValidTransaction>> measures =
        new EnumMap<>(TransactionFeature.class);
    for (TransactionFeature feature : values()) {
      if (feature.measure instanceof OfTransaction transaction) {
        measures.put(feature, transaction.value());
      }
    }
    return measures;
  }

  private static double numberOrNaN(Number number) {
    return number == null ? Double.NaN : number.doubleValue();
  }

  private static Measure card(ToDoubleFunction<CardMeasurement> value) {
    return new OfCard(value);
  }

  private static Measure merchant(ToDoubleFunction<MerchantMeasurement> value) {
    return new OfMerchant(value);
  }

  private static Measure transaction(ToDoubleFunction<ValidTransaction> value) {
    return new OfTransaction(value);
  }

  private sealed interface Measure {
    Source source();
  }

  private record OfCard(ToDoubleFunction<CardMeasurement> value) implements Measure {
    @Override
    public Source source() {
      return Source.CARD;
    }
  }

  private record OfMerchant(ToDoubleFunction<MerchantMeasurement> value) implements Measure {
    @Override
    public Source source() {
      return Source.MERCHANT;
    }
  }

  private record OfTransaction(ToDoubleFunction<ValidTransaction> value) implements Measure {
    @Override
    public Source source() {
      return Source.TRANSACTION;
    }
  }
}
