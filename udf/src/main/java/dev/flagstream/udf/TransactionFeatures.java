package dev.flagstream.udf;

import java.util.Arrays;
import java.util.List;

/**
 * The features of a transaction, in their fixed order: the STRUCT that the SQL computes and that
 * the models score. All are DOUBLE. Their names are in lower case, hence in quotes: so they are in
 * records and documents, without a list that renames them. Annotations need constants, so {@code
 * make features} writes these from {@link dev.flagstream.udf.features.TransactionFeature}, where
 * each is declared.
 */
public final class TransactionFeatures {

  // Written by make features: constants
  /** Fields that come from the transaction and from the earlier ones of its card. */
  public static final String CARD_FIELDS =
      "`amount` DOUBLE"
          + ", `card_count_10m` DOUBLE"
          + ", `card_sum_10m` DOUBLE"
          + ", `card_mean_10m` DOUBLE"
          + ", `card_count_1h` DOUBLE"
          + ", `card_sum_1h` DOUBLE"
          + ", `card_mean_1h` DOUBLE"
          + ", `card_count_1d` DOUBLE"
          + ", `card_sum_1d` DOUBLE"
          + ", `card_mean_1d` DOUBLE"
          + ", `card_count_7d` DOUBLE"
          + ", `card_sum_7d` DOUBLE"
          + ", `card_mean_7d` DOUBLE"
          + ", `card_count_30d` DOUBLE"
          + ", `card_sum_30d` DOUBLE"
          + ", `card_mean_30d` DOUBLE"
          + ", `amount_ratio_30d` DOUBLE"
          + ", `amount_zscore_30d` DOUBLE"
          + ", `seconds_since_last` DOUBLE"
          + ", `km_from_last` DOUBLE"
          + ", `kmh_from_last` DOUBLE"
          + ", `km_from_home` DOUBLE"
          + ", `new_merchant` DOUBLE"
          + ", `new_category` DOUBLE"
          + ", `new_country` DOUBLE"
          + ", `night` DOUBLE"
          + ", `weekend` DOUBLE";

  /** Fields that come from the merchant's transactions whose labels have had time to arrive. */
  public static final String MERCHANT_FIELDS =
      "`merchant_count_1d` DOUBLE"
          + ", `merchant_fraud_share_1d` DOUBLE"
          + ", `merchant_count_7d` DOUBLE"
          + ", `merchant_fraud_share_7d` DOUBLE"
          + ", `merchant_count_30d` DOUBLE"
          + ", `merchant_fraud_share_30d` DOUBLE";

  /** Fields that the transaction brings with it. */
  public static final String PROFILE_FIELDS = "`customer_age` DOUBLE" + ", `location_risk` DOUBLE";

  // end of features

  /** The SQL type of the features of a transaction, for the annotations of functions. */
  public static final String STRUCT =
      "STRUCT<" + CARD_FIELDS + ", " + MERCHANT_FIELDS + ", " + PROFILE_FIELDS + ">";

  private static final List<String> NAMES =
      Arrays.stream((CARD_FIELDS + ", " + MERCHANT_FIELDS + ", " + PROFILE_FIELDS).split(", "))
          .map(field -> field.substring(1, field.indexOf('`', 1)))
          .toList();

  private TransactionFeatures() {}

  /** The names of all features in lower case, as models name them, in the order of the STRUCT. */
  public static List<String> names() {
    return NAMES;
  }
}
