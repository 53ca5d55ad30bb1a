package dev.flagstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.bundle.BundleFolder;
import dev.flagstream.udf.TransactionFeatures;
import dev.flagstream.udf.model.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles in {@code models/}, which every start of the pipeline scores with. */
class ShippedBundlesTest {

  private static final Path MODELS = Path.of("..", "models");
  private static final long MAX_BYTES = 2_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"forest", "logistic", "boosting", "isolation"})
  void theScoringFunctionsLoadIt(String name) throws IOException {
    ModelVersion versions = new ModelVersion();
    versions.configure(Map.of("ksql.functions._global_.model.dir", MODELS.toString()));
    BundleFolder.Installed bundle = new BundleFolder(MODELS).read(name).orElseThrow();

    // Loading verifies checksum and canaries.
    assertThat(versions.modelVersion(name)).isEqualTo(bundle.nameAndVersion());
    assertThat(TransactionFeatures.names()).containsAll(bundle.manifest().features());
    assertThat(BundleFolder.sha256(MODELS.resolve(name).resolve("histograms.json")))
        .isEqualTo(bundle.manifest().histograms().sha256());
  }

  @Test
  void allTogetherAreSmall() throws IOException {
    try (Stream<Path> files = Files.walk(MODELS)) {
      assertThat(files.filter(Files::isRegularFile).mapToLong(ShippedBundlesTest::size).sum())
          .isBetween(1L, MAX_BYTES);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
