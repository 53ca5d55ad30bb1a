package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/** RULE_SET_VERSION: which rules decide. Thread-safe once configured. */
@UdfDescription(
    name = "RULE_SET_VERSION",
    description =
        "The version of the rules and a checksum of their settings, to be stored with each"
            + " decision.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class RuleSetVersion implements Configurable {

  private volatile String version = FraudRules.defaults().version();

  @Override
  public void configure(Map<String, ?> configs) {
    version = FraudRules.configured("rule_set_version", configs).version();
  }

  @Udf(description = "Depends on the settings alone.")
  public String ruleSetVersion() {
    return version;
  }
}
