package dev.flagstream.udf.model;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/** FRAUD_THRESHOLD: from which score on a transaction is an alert. Thread-safe once configured. */
@UdfDescription(
    name = "FRAUD_THRESHOLD",
    description =
        "The raw score from which a transaction is an alert, as chosen when the model was trained. NULL"
            + " for NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class FraudThreshold implements Configurable {

  private final ConfiguredModels models = new ConfiguredModels("fraud_threshold");

  @Override
  public void configure(Map<String, ?> configs) {
    models.configure(configs);
  }

  @Udf(description = "To be compared with FRAUD_SCORE or ANOMALY_SCORE of the same model.")
  public Double fraudThreshold(
      @UdfParameter(value = "model", description = "name of the model") String model) {
    return model == null ? null : Double.valueOf(models.get(model).alertThreshold());
  }
}
