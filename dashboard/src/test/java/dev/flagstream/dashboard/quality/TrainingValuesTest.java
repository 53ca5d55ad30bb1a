package dev.flagstream.dashboard.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingValuesTest {

  private static final String HISTOGRAMS =
      """
      {"format": 1, "rows": 100, "features": {
        "amount": {"missing": 10, "edges": [5.0, 20.5], "counts": [30, 40, 20]}}}
      """;

  @TempDir private Path models;
  private Path bundle;
  private String model;

  @BeforeEach
  void makeABundle() throws Exception {
    bundle = Files.createDirectories(models.resolve("forest"));
    Files.writeString(bundle.resolve("histograms.json"), HISTOGRAMS);
    model =
        manifest(
            "\"histograms\": {\"file\": \"histograms.json\", \"sha256\": \"%s\"}"
                .formatted(sha256(HISTOGRAMS)));
  }

  @Test
  void areThoseThatTheBundleOfTheVersionCounts() throws Exception {
    TrainingValues values = TrainingValues.read(models, model);

    assertThat(values.rows()).isEqualTo(100);
    assertThat(values.model()).isEqualTo(model);
    ValueCounts amount = values.features().get("amount");
    assertThat(amount.edges()).containsExactly(5.0, 20.5);
    assertThat(amount.withMissing()).containsExactly(30, 40, 20, 10);
  }

  @Test
  void areNotThoseOfAnotherVersion() {
    assertUnknown("forest@000000000000", "not that of forest@000000000000");
  }

  @Test
  void areUnknownWithoutABundle() {
    assertUnknown("boosting@000000000000", "does not find the bundle of boosting@000000000000");
    assertUnknown("no model", "name no bundle (no model)");
    assertUnknown("../forest@0", "name no bundle");
  }

  @Test
  void areUnknownOfABundleFromBeforeThereWereHistograms() throws Exception {
    assertUnknown(manifest("\"format\": 1"), "has no histograms");
  }

  @Test
  void areUnknownIfTheFileIsNotTheOneOfTheManifest() throws IOException {
    Files.writeString(bundle.resolve("histograms.json"), HISTOGRAMS.replace("30", "31"));

    assertUnknown(model, "are not those of its manifest");
  }

  private void assertUnknown(String of, String why) {
    assertThatThrownBy(() -> TrainingValues.read(models, of))
        .isInstanceOf(TrainingValues.UnknownException.class)
        .hasMessageContaining(why);
  }

  private String manifest(String field) throws Exception {
    String manifest = "{" + field + "}";
    Files.writeString(bundle.resolve("manifest.json"), manifest);
    return "forest@" + sha256(manifest).substring(0, 12);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
