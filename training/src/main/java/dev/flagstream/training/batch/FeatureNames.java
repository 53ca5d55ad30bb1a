package dev.flagstream.training.batch;

import java.util.List;

/** The features of a transaction by name. */
public final class FeatureNames {

  /** All, in the order of the vector. */
  public static final List<String> ALL =
      List.of(
          // Written by make features: names
          "amount",
          "card_count_10m",
          "card_sum_10m",
          "card_mean_10m",
          "card_count_1h",
          "card_sum_1h",
          "card_mean_1h",
          "card_count_1d",
          "card_sum_1d",
          "card_mean_1d",
          "card_count_7d",
          "card_sum_7d",
          "card_mean_7d",
          "card_count_30d",
          "card_sum_30d",
          "card_mean_30d",
          "amount_ratio_30d",
          "amount_zscore_30d",
          "seconds_since_last",
          "km_from_last",
          "kmh_from_last",
          "km_from_home",
          "new_merchant",
          "new_category",
          "new_country",
          "night",
          "weekend",
          "merchant_count_1d",
          "merchant_fraud_share_1d",
          "merchant_count_7d",
          "merchant_fraud_share_7d",
          "merchant_count_30d",
          "merchant_fraud_share_30d",
          "customer_age",
          "location_risk"
          // end of features
          );

  /** The fifteen of the Fraud Detection Handbook. */
  public static final List<String> HANDBOOK =
      List.of(
          "amount",
          "weekend",
          "night",
          "card_count_1d",
          "card_mean_1d",
          "card_count_7d",
          "card_mean_7d",
          "card_count_30d",
          "card_mean_30d",
          "merchant_count_1d",
          "merchant_fraud_share_1d",
          "merchant_count_7d",
          "merchant_fraud_share_7d",
          "merchant_count_30d",
          "merchant_fraud_share_30d");

  private FeatureNames() {}
}
