package dev.flagstream.udf.model;

import dev.flagstream.udf.Catalogue;
import dev.flagstream.udf.TransactionFeatures;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/** ANOMALY_SCORE: how unlike all others a transaction is. Thread-safe once configured. */
@UdfDescription(
    name = "ANOMALY_SCORE",
    description =
        "The normalized score of an isolation forest: the higher, the fewer decisions set the transaction"
            + " apart; 0 and 1 are the extremes of training and may be left. An error for other"
            + " models. NULL where FRAUD_SCORE is.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class AnomalyScore implements Configurable {

  private static final String DEFAULT_MODEL = "isolation";

  private final ConfiguredModels models = new ConfiguredModels("anomaly_score");

  @Override
  public void configure(Map<String, ?> configs) {
    models.configure(configs);
  }

  @Udf(description = "For the features of a transaction, by the model isolation.")
  public Double anomalyScore(
      @UdfParameter(
              value = "features",
              description = "features of a transaction",
              schema = TransactionFeatures.STRUCT)
          Struct features) {
    return anomalyScore(DEFAULT_MODEL, features);
  }

  @Udf(description = "For the features of a transaction.")
  public Double anomalyScore(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(
              value = "features",
              description = "features of a transaction",
              schema = TransactionFeatures.STRUCT)
          Struct features) {
    requireAnomalyModel(model);
    return models.score(model, features);
  }

  @Udf(description = "For any features: the keys must be exactly the model's.")
  public Double anomalyScore(
      @UdfParameter(value = "model", description = "name of the model") String model,
      @UdfParameter(value = "features", description = "values by the names of the features")
          Map<String, Double> features) {
    requireAnomalyModel(model);
    return models.score(model, features);
  }

  private void requireAnomalyModel(String model) {
    if (model != null) {
      models.get(model).requireAnomalyModel();
    }
  }
}
