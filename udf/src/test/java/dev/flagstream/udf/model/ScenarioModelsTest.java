package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The models that the scenarios of the SQL scripts score with: small, and always the same, so that
 * scores can be expected. To write them anew: {@code mvn -pl udf test -Dtest=ScenarioModelsTest
 * -Dflagstream.rewrite=true}.
 */
class ScenarioModelsTest {

  private static final Path MODELS = Path.of("..", "ksql", "scenarios", "models");
  private static final List<String> FILES = List.of("manifest.json", "model.zip");

  @Test
  void areWhatTheTestModelsGive(@TempDir Path made) throws IOException {
    List<Path> bundles =
        List.of(
            BundleFixture.write(
                made,
                "forest",
                TestModel.FOREST_BALANCED,
                // Low: it was trained on made-up numbers and finds little in plausible
                // transactions.
                manifest -> manifest.withObject("/thresholds").put("alert", 0.5)),
            BundleFixture.write(made, "isolation", TestModel.ISOLATION));

    for (Path bundle : bundles) {
      Path kept = MODELS.resolve(bundle.getFileName());
      for (String file : FILES) {
        if (Boolean.getBoolean("flagstream.rewrite")) {
          Files.createDirectories(kept);
          Files.copy(bundle.resolve(file), kept.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(kept.resolve(file))
            .as("rewrite it with -Dflagstream.rewrite=true")
            .hasSameBinaryContentAs(bundle.resolve(file));
      }
    }
  }
}
