package dev.flagstream.udf.model;

import dev.flagstream.udf.Catalogue;
import dev.flagstream.udf.TransactionFeatures;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/** FRAUD_PROBABILITY: how likely a transaction is fraud. Thread-safe once configured. */
@UdfDescription(
    name = "FRAUD_PROBABILITY",
    description =
        "The calibrated probability of fraud: the raw score of a model, put right on transactions that it"
            + " was not trained on. An error if the model has no calibration, as isolation forests."
            + " NULL where FRAUD_SCORE is.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class FraudProbability implements Configurable {

  private final ConfiguredModels models = new ConfiguredModels("fraud_probability");

  @Override
  public void configure(Map<String, ?> configs) {
    models.configure(configs);
  }

  @Udf(description = "For the features of a transaction.")
  public Double fraudProbability(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(
              value = "features",
              description = "features of a transaction",
              schema = TransactionFeatures.STRUCT)
          Struct features) {
    return calibrated(model, models.score(model, features));
  }

  @Udf(description = "For any features: the keys must be exactly the model's.")
  public Double fraudProbability(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(value = "features", description = "values by the names of the features")
          Map<String, Double> features) {
    return calibrated(model, models.score(model, features));
  }

  private Double calibrated(String model, Double score) {
    return score == null ? null : models.get(model).probability(score);
  }
}
