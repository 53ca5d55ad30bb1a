package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransactionFeaturesTest {

  @Test
  void namesEachFeatureOnceInTheOrderOfTheStruct() {
    assertThat(TransactionFeatures.names())
        .hasSize(35)
        .doesNotHaveDuplicates()
        .startsWith("amount", "card_count_10m", "card_sum_10m", "card_mean_10m", "card_count_1h")
        .containsSubsequence(
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
            "merchant_fraud_share_1d")
        .endsWith("merchant_fraud_share_30d", "customer_age", "location_risk");
  }

  @Test
  void declaresEachFeatureAsADouble() {
    String fields =
        TransactionFeatures.names().stream()
            .map(name -> "`" + name + "` DOUBLE")
            .collect(Collectors.joining(", "));

    assertThat(TransactionFeatures.STRUCT).isEqualTo("STRUCT<" + fields + ">");
  }
}
