package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FraudRuleTest {

  private final FraudRule rule = FraudRule.configured(Map.of());

  @Test
  void findsNothingInASmallAmountAnywhere() {
    assertThat(rule.reasons(new BigDecimal("499.99"), "Paris", "Boston")).isEmpty();
  }

  @Test
  void findsAHighAmountSuspiciousEvenAtHome() {
    assertThat(rule.reasons(new BigDecimal("2000.00"), "Boston", "Boston"))
        .containsExactly("AMOUNT_OVER_THRESHOLD");
  }

  @Test
  void findsAMiddlingAmountSuspiciousAwayFromHome() {
    assertThat(rule.reasons(new BigDecimal("500.00"), "Paris", "Boston"))
        .containsExactly("AWAY_FROM_HOME");
  }

  @Test
  void givesBothReasonsInOrder() {
    assertThat(rule.reasons(new BigDecimal("2500.00"), "Paris", "Boston"))
        .containsExactly("AMOUNT_OVER_THRESHOLD", "AWAY_FROM_HOME");
  }

  @Test
  void comparesCitiesWithoutRegardToCaseAndSpaces() {
    assertThat(rule.reasons(new BigDecimal("600.00"), " new   york ", "New York")).isEmpty();
  }

  @Test
  void fallsBackToTheUsualCitiesWithoutAHome() {
    FraudRule configured =
        FraudRule.configured(Map.of("ksql.functions._global_.usual.cities", "Boston, New York"));

    assertThat(configured.reasons(new BigDecimal("600.00"), "Boston", null)).isEmpty();
    assertThat(configured.reasons(new BigDecimal("600.00"), "Paris", " "))
        .containsExactly("UNUSUAL_CITY");
  }

  @Test
  void prefersTheFunctionsOwnSettingOverThatOfAll() {
    FraudRule configured =
        FraudRule.configured(
            Map.of(
                "ksql.functions._global_.amount.threshold", "100",
                "ksql.functions.is_fraud.amount.threshold", "300"));

    assertThat(configured.reasons(new BigDecimal("299.99"), "Boston", "Boston")).isEmpty();
    assertThat(configured.reasons(new BigDecimal("300.00"), "Boston", "Boston")).isNotEmpty();
  }
}
