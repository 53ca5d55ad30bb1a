package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/** RULE_HITS: why the rules find a transaction suspicious. Thread-safe once configured. */
@UdfDescription(
    name = "RULE_HITS",
    description =
        "The codes of the rules that find a transaction suspicious: AMOUNT_OVER_THRESHOLD,"
            + " AWAY_FROM_HOME, UNUSUAL_CITY. Empty exactly where IS_FRAUD is false; never NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class RuleHits implements Configurable {

  private volatile FraudRules rules = FraudRules.defaults();

  @Override
  public void configure(Map<String, ?> configs) {
    rules = FraudRules.configured("rule_hits", configs);
  }

  @Udf(description = "Without a home city the setting usual.cities tells which places are usual.")
  public List<String> ruleHits(
      @UdfParameter(value = "amount", description = "amount in the card's currency") Double amount,
      @UdfParameter(value = "city", description = "city of the transaction") String city,
      @UdfParameter(value = "home_city", description = "city where the card holder lives")
          String homeCity) {
    return rules.reasons(amount, city, homeCity);
  }
}
