package dev.flagstream.training.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.training.calibration.IsotonicCalibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {

  /** SHA-256 of the three letters, from FIPS 180-2. */
  private static final String SHA_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final FeatureHistograms HISTOGRAMS =
      new FeatureHistograms(
          1,
          10,
          Map.of(
              "amount",
              new FeatureHistograms.Histogram(1, List.of(2.5, 10.0), List.of(3L, 4L, 2L))));

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadAgainToTheLastBit() throws IOException {
    BundleFolder folder = new BundleFolder(directory.resolve("models"));
    BundleManifest manifest = manifest("2026-11-21T10:00:00Z", 0.1 + 0.2);

    BundleFolder.Installed written = folder.write(manifest, mojo("abc"), HISTOGRAMS);

    assertThat(folder.read("forest")).contains(written);
    assertThat(folder.read("forest").orElseThrow().manifest()).isEqualTo(manifest);
    assertThat(directory.resolve("models/forest/model.zip")).hasContent("abc");
    assertThat(written.nameAndVersion()).matches("forest@[0-9a-f]{12}");
    assertThat(BundleFolder.sha256(directory.resolve("models/forest/manifest.json")))
        .startsWith(written.version());
    assertThat(BundleFolder.sha256(directory.resolve("models/forest/histograms.json")))
        .isEqualTo(manifest.histograms().sha256());
  }

  @Test
  void checksumIsSha256() throws IOException {
    assertThat(BundleFolder.sha256(mojo("abc"))).isEqualTo(SHA_OF_ABC);
  }

  @Test
  void theSameTrainedLaterKeepsItsVersion() throws IOException {
    BundleFolder folder = new BundleFolder(directory.resolve("models"));
    BundleFolder.Installed first =
        folder.write(manifest("2026-11-21T10:00:00Z", 0.3), mojo("abc"), HISTOGRAMS);
    BundleFolder.Installed again =
        folder.write(manifest("2026-11-22T10:00:00Z", 0.3), mojo("abc"), HISTOGRAMS);
    BundleFolder.Installed other =
        folder.write(manifest("2026-11-22T10:00:00Z", 0.4), mojo("abc"), HISTOGRAMS);

    assertThat(again).isEqualTo(first);
    assertThat(other.version()).isNotEqualTo(first.version());
    assertThat(BundleDifference.lines(Optional.of(first), again))
        .containsExactly(first.nameAndVersion() + " is unchanged");
    assertThat(BundleDifference.lines(Optional.of(first), other))
        .contains(other.nameAndVersion() + " replaces " + first.nameAndVersion())
        .anyMatch(line -> line.contains("AUC ROC 0.3000 -> 0.4000"));
  }

  @Test
  void theSameTrainedAgainMendsABundleWhoseModelIsGoneOrDamaged() throws IOException {
    BundleFolder folder = new BundleFolder(directory.resolve("models"));
    BundleFolder.Installed first =
        folder.write(manifest("2026-11-21T10:00:00Z", 0.3), mojo("abc"), HISTOGRAMS);
    Path model = directory.resolve("models/forest/model.zip");

    Files.delete(model);
    assertThat(folder.write(manifest("2026-11-22T10:00:00Z", 0.3), mojo("abc"), HISTOGRAMS))
        .isEqualTo(first);
    assertThat(model).hasContent("abc");

    Files.writeString(model, "ab");
    assertThat(folder.write(manifest("2026-11-23T10:00:00Z", 0.3), mojo("abc"), HISTOGRAMS))
        .isEqualTo(first);
    assertThat(model).hasContent("abc");
  }

  @Test
  void aFileThatIsNoManifestIsNamed() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("forest"));
    Files.writeString(bundle.resolve("manifest.json"), "{ oops");

    assertThatThrownBy(() -> new BundleFolder(directory).read("forest"))
        .hasMessageContaining("manifest.json")
        .hasMessageContaining("is not a manifest");
  }

  private Path mojo(String content) throws IOException {
    return Files.writeString(directory.resolve("trained.zip"), content);
  }

  private static BundleManifest manifest(String trainedAt, double aucRoc) {
    return new BundleManifest(
        BundleManifest.FORMAT,
        "forest",
        "drf",
        new BundleManifest.Mojo(BundleFolder.MOJO, SHA_OF_ABC),
        List.of("amount", "night"),
        "goes somewhere",
        new BundleManifest.Training(
            "history", "2018-07-25T00:00:00Z", "2018-08-01T00:00:00Z", 10, 2, 1, trainedAt),
        new BundleManifest.Rows("2018-08-08T00:00:00Z", "2018-08-15T00:00:00Z", 10, 1),
        new BundleManifest.Rows("2018-08-22T00:00:00Z", "2018-08-29T00:00:00Z", 10, 1),
        new BundleManifest.Metrics(aucRoc, 0.5, null),
        new BundleManifest.Thresholds(0.25, "alert budget of 100 cards a day", 0.25, 0.125),
        BundleManifest.Calibration.of(
            new IsotonicCalibration(List.of(0.1, 0.7), List.of(0.0, 1.0))),
        BundleFolder.describe(HISTOGRAMS),
        List.of(new BundleManifest.Canary(Arrays.asList(1.0, null), 1.0 / 3)));
  }
}
