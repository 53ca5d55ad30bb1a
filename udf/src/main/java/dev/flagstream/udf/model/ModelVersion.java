package dev.flagstream.udf.model;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/** MODEL_VERSION: which model scored. Thread-safe once configured. */
@UdfDescription(
    name = "MODEL_VERSION",
    description =
        "The name of a model and the first 12 hexadecimal digits of the SHA-256 of its manifest, which"
            + " names the checksum of the model itself: to be stored with each decision. NULL for"
            + " NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class ModelVersion implements Configurable {

  private final ConfiguredModels models = new ConfiguredModels("model_version");

  @Override
  public void configure(Map<String, ?> configs) {
    models.configure(configs);
  }

  @Udf(description = "As in forest@1f00ab34cd56.")
  public String modelVersion(
      @UdfParameter(value = "model", description = "name of the model") String model) {
    return model == null ? null : models.get(model).version();
  }
}
