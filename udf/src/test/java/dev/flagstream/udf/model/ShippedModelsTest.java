package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.udf.TransactionFeatures;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that come with the project score the features that its SQL computes. */
class ShippedModelsTest {

  private static final Path MODELS = Path.of("..", "models");

  @ParameterizedTest
  @ValueSource(strings = {"forest", "logistic", "boosting", "isolation"})
  void holdsWhatItsManifestSays(String name) {
    ModelBundle bundle = ModelBundle.read(MODELS.resolve(name));

    assertThat(bundle.name()).isEqualTo(name);
    assertThat(TransactionFeatures.names()).containsAll(bundle.model().features());
    assertThat(bundle.alertThreshold()).isPositive();
  }

  @Test
  void areAllUsableAtOnce() {
    ModelVersion modelVersion = new ModelVersion();

    modelVersion.configure(Map.of("ksql.functions._global_.model.dir", MODELS.toString()));

    assertThat(modelVersion.modelVersion("forest")).startsWith("forest@");
  }
}
