package dev.flagstream.udf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The features of a transaction, in their fixed order: the STRUCT that the SQL computes and that
 * the models score. All are DOUBLE. Annotations need constants, so {@code make features} writes
 * these from {@link dev.flagstream.udf.features.TransactionFeature}, where each is declared.
 */
public final class TransactionFeatures {

  // Written by make features: constants
  /** Fields that come from the transaction and from the earlier ones of its card. */
  public static final String CARD_FIELDS =
      "AMOUNT DOUBLE"
          + ", CARD_COUNT_10M DOUBLE"
          + ", CARD_SUM_10M DOUBLE"
          + ", CARD_MEAN_10M DOUBLE"
          + ", CARD_COUNT_1H DOUBLE"
          + ", CARD_SUM_1H DOUBLE"
          + ", CARD_MEAN_1H DOUBLE"
          + ", CARD_COUNT_1D DOUBLE"
          + ", CARD_SUM_1D DOUBLE"
          + ", CARD_MEAN_1D DOUBLE"
          + ", CARD_COUNT_7D DOUBLE"
          + ", CARD_SUM_7D DOUBLE"
          + ", CARD_MEAN_7D DOUBLE"
          + ", CARD_COUNT_30D DOUBLE"
          + ", CARD_SUM_30D DOUBLE"
          + ", CARD_MEAN_30D DOUBLE"
          + ", AMOUNT_RATIO_30D DOUBLE"
          + ", AMOUNT_ZSCORE_30D DOUBLE"
          + ", SECONDS_SINCE_LAST DOUBLE"
          + ", KM_FROM_LAST DOUBLE"
          + ", KMH_FROM_LAST DOUBLE"
          + ", KM_FROM_HOME DOUBLE"
          + ", NEW_MERCHANT DOUBLE"
          + ", NEW_CATEGORY DOUBLE"
          + ", NEW_COUNTRY DOUBLE"
          + ", NIGHT DOUBLE"
          + ", WEEKEND DOUBLE";

  /** Fields that come from the merchant's transactions whose labels have had time to arrive. */
  public static final String MERCHANT_FIELDS =
      "MERCHANT_COUNT_1D DOUBLE"
          + ", MERCHANT_FRAUD_SHARE_1D DOUBLE"
          + ", MERCHANT_COUNT_7D DOUBLE"
          + ", MERCHANT_FRAUD_SHARE_7D DOUBLE"
          + ", MERCHANT_COUNT_30D DOUBLE"
          + ", MERCHANT_FRAUD_SHARE_30D DOUBLE";

  /** Fields that the transaction brings with it. */
  public static final String PROFILE_FIELDS = "CUSTOMER_AGE DOUBLE" + ", LOCATION_RISK DOUBLE";

  // end of features

  /** The SQL type of the features of a transaction, for the annotations of functions. */
  public static final String STRUCT =
      "STRUCT<" + CARD_FIELDS + ", " + MERCHANT_FIELDS + ", " + PROFILE_FIELDS + ">";

  private static final List<String> NAMES =
      Arrays.stream((CARD_FIELDS + ", " + MERCHANT_FIELDS + ", " + PROFILE_FIELDS).split(", "))
          .map(field -> field.substring(0, field.indexOf(' ')).toLowerCase(Locale.ROOT))
          .toList();

  private TransactionFeatures() {}

  /** The names of all features in lower case, as models name them, in the order of the STRUCT. */
  public static List<String> names() {
    return NAMES;
  }
}
