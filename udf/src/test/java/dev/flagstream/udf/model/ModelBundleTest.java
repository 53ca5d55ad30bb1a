package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bundle that does not hold must not score. */
class ModelBundleTest {

  @TempDir private Path models;

  @ParameterizedTest
  @EnumSource
  void readsWhatTrainingWrites(TestModel model) {
    ModelBundle bundle = ModelBundle.read(BundleFixture.write(models, "some", model));

    assertThat(bundle.name()).isEqualTo("some");
    assertThat(bundle.alertThreshold()).isEqualTo(0.75);
    assertThat(bundle.model().features()).isEqualTo(model.ours().features());
  }

  @Test
  void isNamedByTheChecksumOfItsManifest() throws IOException {
    Path directory = BundleFixture.write(models, "forest", TestModel.FOREST);

    assertThat(ModelBundle.read(directory).version())
        .isEqualTo(
            "forest@"
                + BundleFixture.sha256(Files.readAllBytes(directory.resolve("manifest.json")))
                    .substring(0, 12));
  }

  @Test
  void refusesAMojoOfAnotherChecksum() throws IOException {
    Path directory = BundleFixture.write(models, "forest", TestModel.FOREST);
    byte[] mojo = TestModel.FOREST.mojo();
    mojo[mojo.length / 2] ^= 1;
    Files.write(directory.resolve("model.zip"), mojo);

    assertThatThrownBy(() -> ModelBundle.read(directory))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("model.zip: its SHA-256 is " + BundleFixture.sha256(mojo))
        .hasMessageContaining("the manifest says " + BundleFixture.sha256(TestModel.FOREST.mojo()));
  }

  @Test
  void refusesAScoreThatDiffersInTheLastBit() {
    assertRefused(
        manifest -> {
          ObjectNode canary = (ObjectNode) manifest.get("canaries").get(17);
          canary.put("score", Math.nextUp(canary.get("score").doubleValue()));
        },
        "canary row 17 (the first is 0) scores ");
  }

  @Test
  void refusesFeaturesInAnotherOrder() {
    assertRefused(
        manifest -> {
          ArrayNode features = (ArrayNode) manifest.get("features");
          String first = features.get(0).textValue();
          features.set(0, features.get(1).textValue());
          features.set(1, first);
        },
        "its feature 1 is amount, in the manifest card_count_10m");
    assertRefused(
        manifest -> {
          ((ArrayNode) manifest.get("features")).remove(34);
          manifest.get("canaries").forEach(row -> ((ArrayNode) row.get("features")).remove(34));
        },
        "its feature 35 is location_risk, in the manifest none");
  }

  @Test
  void refusesAManifestThatLacksOrGarblesWhatScoringNeeds() {
    assertRefused(manifest -> manifest.put("format", 2), "format: 2.0 is not supported, only 1");
    assertRefused(manifest -> manifest.remove("name"), "name: is missing");
    assertRefused(manifest -> manifest.put("name", "other"), "the names must be the same");
    assertRefused(manifest -> manifest.put("algorithm", "svm"), "algorithm: svm is not supported");
    assertRefused(
        manifest -> manifest.put("algorithm", "gbm"),
        "its algorithm is drf, the manifest says gbm");
    assertRefused(manifest -> manifest.put("mojo", "model.zip"), "mojo: an object is needed");
    assertRefused(
        manifest -> ((ObjectNode) manifest.get("mojo")).put("file", "../secret"),
        "mojo.file: ../secret is no plain file name");
    assertRefused(
        manifest -> ((ObjectNode) manifest.get("mojo")).put("file", "other.zip"),
        "other.zip: there is no such file");
    assertRefused(manifest -> manifest.put("features", 3), "features: a list is needed");
    assertRefused(
        manifest -> ((ArrayNode) manifest.get("features")).set(0, 3), "a list of texts is needed");
    assertRefused(
        manifest -> ((ObjectNode) manifest.get("thresholds")).put("alert", "high"),
        "thresholds.alert: a number is needed");
    assertRefused(
        manifest -> ((ObjectNode) manifest.get("calibration")).put("method", "guess"),
        "calibration.method: guess is not supported");
    assertRefused(
        manifest -> ((ArrayNode) manifest.get("calibration").get("scores")).set(0, 7),
        "calibration: the score 0.5 does not ascend from 7.0");
  }

  @Test
  void refusesCanariesThatShowTooLittle() {
    assertRefused(
        manifest -> {
          while (manifest.get("canaries").size() > 19) {
            ((ArrayNode) manifest.get("canaries")).remove(0);
          }
        },
        "canaries: 19 rows, at least 20 are needed");
    assertRefused(
        manifest -> ((ArrayNode) manifest.get("canaries").get(2).get("features")).remove(0),
        "canaries[2].features: 34 values for 35 features");
    assertRefused(
        manifest -> ((ObjectNode) manifest.get("canaries").get(2)).remove("score"),
        "canaries[2].score: is missing");
  }

  @Test
  void refusesAManifestThatIsCutOffOrNoJson() throws IOException {
    Path directory = BundleFixture.write(models, "forest", TestModel.FOREST);
    Path file = directory.resolve("manifest.json");
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> ModelBundle.read(directory))
        .hasMessageContaining("manifest.json: is no valid JSON");
    Files.writeString(file, "[]");
    assertThatThrownBy(() -> ModelBundle.read(directory))
        .hasMessageContaining("manifest.json: is no JSON object");
    Files.writeString(file, "{\"format\": 1, \"format\": 1}");
    assertThatThrownBy(() -> ModelBundle.read(directory)).hasMessageContaining("format twice");
    Files.delete(file);
    assertThatThrownBy(() -> ModelBundle.read(directory))
        .hasMessageContaining("manifest.json: there is no such file");
  }

  private void assertRefused(Consumer<ObjectNode> change, String message) {
    Path directory = BundleFixture.write(models, "forest", TestModel.FOREST, change);

    assertThatThrownBy(() -> ModelBundle.read(directory))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(message);
  }
}
