package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleHitsTest {

  private final RuleHits reasons = new RuleHits();

  @Test
  void findsNoneInAnHonestTransaction() {
    assertThat(reasons.ruleHits(12.50, "Chicago", "Chicago")).isEmpty();
    assertThat(reasons.ruleHits(null, null, null)).isEmpty();
  }

  @Test
  void namesEveryRuleThatApplies() {
    assertThat(reasons.ruleHits(2500.00, "Chicago", "Chicago"))
        .containsExactly("AMOUNT_OVER_THRESHOLD");
    assertThat(reasons.ruleHits(600.00, "Miami", "Chicago")).containsExactly("AWAY_FROM_HOME");
    assertThat(reasons.ruleHits(2500.00, "Miami", "Chicago"))
        .containsExactly("AMOUNT_OVER_THRESHOLD", "AWAY_FROM_HOME");
  }

  @Test
  void tellsAnUnusualCityFromOneAwayFromHome() {
    reasons.configure(Map.of("ksql.functions.rule_hits.usual.cities", "Chicago"));

    assertThat(reasons.ruleHits(600.00, "Miami", null)).containsExactly("UNUSUAL_CITY");
    assertThat(reasons.ruleHits(600.00, "Miami", "Boston")).containsExactly("AWAY_FROM_HOME");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsReasonsExactlyWhereIsFraudIsTrue(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Map<String, String> settings = randomSettings(random);
      IsFraud isFraud = new IsFraud();
      isFraud.configure(settings);
      reasons.configure(settings);
      for (int transaction = 0; transaction < 200; transaction++) {
        Double amount = random.nextInt(20) == 0 ? null : random.nextInt(300_000) / 100.0;
        String city = randomCity(random);
        String homeCity = randomCity(random);

        assertThat(isFraud.isFraud(amount, city, homeCity))
            .as("%s: %s in %s, home %s", settings, amount, city, homeCity)
            .isEqualTo(!reasons.ruleHits(amount, city, homeCity).isEmpty());
        assertThat(isFraud.isFraud(amount, city)).isEqualTo(isFraud.isFraud(amount, city, null));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void judgesDecimalsOfTenDigitsExactlyAlthoughTheyArriveAsDoubles(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      BigDecimal threshold = BigDecimal.valueOf(1 + random.nextLong(9_999_999_999L), 2);
      BigDecimal amount = threshold.add(BigDecimal.valueOf(random.nextInt(3) - 1, 2));
      FraudRules rules = new FraudRules(threshold, threshold, Set.of());

      assertThat(rules.reasons(amount.doubleValue(), null, null).isEmpty())
          .as("%s against %s", amount, threshold)
          .isEqualTo(amount.compareTo(threshold) < 0);
    }
  }

  private static Map<String, String> randomSettings(Random random) {
    Map<String, String> settings = new HashMap<>();
    settings.put("ksql.functions._global_.amount.threshold", "" + (1 + random.nextInt(3000)));
    settings.put("ksql.functions._global_.away.amount.threshold", "" + (1 + random.nextInt(3000)));
    List<String> cities = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      cities.add(String.valueOf(randomCity(random)));
    }
    settings.put("ksql.functions._global_.usual.cities", String.join(",", cities));
    return settings;
  }

  private static String randomCity(Random random) {
    String[] cities = {null, "", "Chicago", "CHICAGO ", "Miami", "São Paulo", "são  paulo"};
    return cities[random.nextInt(cities.length)];
  }
}
