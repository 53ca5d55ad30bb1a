package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleSetVersionTest {

  private static final String DEFAULTS = new RuleSetVersion().ruleSetVersion();

  @Test
  void namesTheRulesAndAChecksumOfTheirSettings() {
    assertThat(DEFAULTS).matches("rules-1@[0-9a-f]{12}");
  }

  @Test
  void neverChangesForTheSameSettings() {
    // sha256("amount.threshold=2000\naway.amount.threshold=500\nusual.cities="), first 12 digits
    assertThat(DEFAULTS).isEqualTo("rules-1@ec9cfc6d4995");
  }

  @Test
  void isTheSameHoweverTheSettingsAreWritten() {
    assertThat(version(Map.of("ksql.functions.rule_set_version.amount.threshold", "2e3")))
        .isEqualTo(DEFAULTS);
    assertThat(version(Map.of("ksql.functions._global_.usual.cities", "Boston, NEW  YORK")))
        .isEqualTo(version(Map.of("ksql.functions._global_.usual.cities", "new york,boston,")));
  }

  @Test
  void changesWithEverySetting() {
    assertThat(
            List.of(
                DEFAULTS,
                version(Map.of("ksql.functions._global_.amount.threshold", "2000.01")),
                version(Map.of("ksql.functions._global_.away.amount.threshold", "500.01")),
                version(Map.of("ksql.functions._global_.usual.cities", "Boston"))))
        .doesNotHaveDuplicates();
  }

  private static String version(Map<String, String> settings) {
    RuleSetVersion function = new RuleSetVersion();
    function.configure(settings);
    return function.ruleSetVersion();
  }
}
