package dev.flagstream.udf.model;

import dev.flagstream.udf.Catalogue;
import dev.flagstream.udf.TransactionFeatures;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/** FRAUD_SCORE: what a model says of a transaction. Thread-safe once configured. */
@UdfDescription(
    name = "FRAUD_SCORE",
    description =
        "The raw score of a model, equal to h2o-genmodel's to the last bit: the probability of fraud"
            + " as trained, or the normalized anomaly score of an isolation forest. NULL features"
            + " are missing values, which each model treats by its own rule; NULL for a NULL model"
            + " or NULL instead of features, and where the model gives no number.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class FraudScore implements Configurable {

  private final ConfiguredModels models = new ConfiguredModels("fraud_score");

  @Override
  public void configure(Map<String, ?> configs) {
    models.configure(configs);
  }

  @Udf(description = "For the features of a transaction.")
  public Double fraudScore(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(
              value = "features",
              description = "features of a transaction",
              schema = TransactionFeatures.STRUCT)
          Struct features) {
    return models.score(model, features);
  }

  @Udf(description = "For any features: the keys must be exactly the model's.")
  public Double fraudScore(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(value = "features", description = "values by the names of the features")
          Map<String, Double> features) {
    return models.score(model, features);
  }
}
