package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/**
 * IS_FRAUD: whether the rules find a transaction suspicious.
 *
 * <p>There is one variant per number of arguments, on purpose: INTEGER, BIGINT, DECIMAL and the
 * literal NULL all widen to DOUBLE, while a second variant for DECIMAL would make the first, second
 * and last ambiguous. Nothing is lost by it, see {@link FraudRules#reasons}. Thread-safe once
 * configured.
 */
@UdfDescription(
    name = "IS_FRAUD",
    description =
        "Whether a transaction is suspicious: a high amount, or a middling one in an unusual place."
            + " Never NULL: what is not known is no evidence.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class IsFraud implements Configurable {

  private volatile FraudRules rules = FraudRules.defaults();

  @Override
  public void configure(Map<String, ?> configs) {
    rules = FraudRules.configured("is_fraud", configs);
  }

  @Udf(description = "A place is unusual if it is none of the setting usual.cities.")
  public boolean isFraud(
      @UdfParameter(value = "amount", description = "amount in the card's currency") Double amount,
      @UdfParameter(value = "city", description = "city of the transaction") String city) {
    return isFraud(amount, city, null);
  }

  @Udf(
      description =
          "A place is unusual if it is not the home city; without one, if it is none of the setting"
              + " usual.cities.")
  public boolean isFraud(
      @UdfParameter(value = "amount", description = "amount in the card's currency") Double amount,
      @UdfParameter(value = "city", description = "city of the transaction") String city,
      @UdfParameter(value = "home_city", description = "city where the card holder lives")
          String homeCity) {
    return !rules.reasons(amount, city, homeCity).isEmpty();
  }
}
