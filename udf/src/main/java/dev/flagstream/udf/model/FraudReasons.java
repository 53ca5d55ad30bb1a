package dev.flagstream.udf.model;

import dev.flagstream.udf.Catalogue;
import dev.flagstream.udf.TransactionFeatures;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/** FRAUD_REASONS: which features moved a score. Thread-safe once configured. */
@UdfDescription(
    name = "FRAUD_REASONS",
    description =
        "The n features that moved the score most, up or down, with their values and contributions. The"
            + " contributions of all features add up to what the score differs by from that of an"
            + " average row; of boosting and logistic regression in log odds. NULL for a NULL model"
            + " or NULL instead of features; an error for an n that is NULL or negative.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class FraudReasons implements Configurable {

  private static final String REASONS = "ARRAY<" + Reason.STRUCT + ">";

  private final ConfiguredModels models = new ConfiguredModels("fraud_reasons");

  @Override
  public void configure(Map<String, ?> configs) {
    models.configure(configs);
  }

  @Udf(schema = REASONS, description = "For the features of a transaction.")
  public List<Struct> fraudReasons(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(
              value = "features",
              description = "features of a transaction",
              schema = TransactionFeatures.STRUCT)
          Struct features,
      @UdfParameter(value = "n", description = "how many features at most") Integer n) {
    return models.reasons(model, features, limit(n));
  }

  @Udf(schema = REASONS, description = "For any features: the keys must be exactly the model's.")
  public List<Struct> fraudReasons(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(value = "features", description = "values by the names of the features")
          Map<String, Double> features,
      @UdfParameter(value = "n", description = "how many features at most") Integer n) {
    return models.reasons(model, features, limit(n));
  }

  private static int limit(Integer n) {
    if (n == null || n < 0) {
      throw new IllegalArgumentException("n = " + n + ": how many features at most, 0 or more");
    }
    return n;
  }
}
