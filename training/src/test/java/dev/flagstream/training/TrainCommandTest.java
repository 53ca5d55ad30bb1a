package dev.flagstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.training.bundle.BundleFolder;
import dev.flagstream.udf.model.ModelVersion;
import hex.genmodel.MojoModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From a CSV to bundles and report, with the real H2O in its own process; trained twice. */
class TrainCommandTest {

  private static final List<String> MODELS = List.of("forest", "logistic", "boosting", "isolation");

  @TempDir private static Path directory;
  private static Path models;
  private static String first;
  private static String second;

  @BeforeAll
  static void trainsTwice() throws IOException {
    Path csv = UlbLikeCsv.write(directory.resolve("creditcard.csv"), 6_000, 7);
    models = directory.resolve("models");
    first = train(csv);
    second = train(csv);
  }

  @Test
  void findsTheFrauds() throws IOException {
    assertThat(metric("forest", "aucRoc")).isBetween(0.95, 1.0);
    assertThat(metric("logistic", "aucRoc")).isBetween(0.95, 1.0);
    assertThat(metric("boosting", "averagePrecision")).isBetween(0.6, 1.0);
    assertThat(metric("isolation", "aucRoc")).isBetween(0.6, 1.0);
    assertThat(manifest("forest").at("/metrics/cardPrecisionAt100").isNull()).isTrue();
  }

  @Test
  void manifestNamesTheMojoAndItsFeaturesInOrder() throws IOException {
    for (String name : MODELS) {
      Path mojo = models.resolve(name).resolve("model.zip");
      assertThat(manifest(name).at("/mojo/sha256").asText()).isEqualTo(BundleFolder.sha256(mojo));
      assertThat(features(name)).containsExactly(MojoModel.load(mojo.toString()).features());
      assertThat(features(name)).contains("V1", "Amount").doesNotContain("Time", "Class");
    }
  }

  @Test
  void histogramsCountTheTrainingRowsOfEachFeature() throws IOException {
    for (String name : MODELS) {
      Path file = models.resolve(name).resolve("histograms.json");
      assertThat(manifest(name).at("/histograms/sha256").asText())
          .isEqualTo(BundleFolder.sha256(file));
      JsonNode histograms = new ObjectMapper().readTree(file.toFile());
      assertThat(histograms.get("rows")).isEqualTo(manifest(name).at("/training/rows"));
      for (String feature : features(name)) {
        JsonNode histogram = histograms.get("features").get(feature);
        long counted = histogram.get("missing").asLong();
        for (JsonNode count : histogram.get("counts")) {
          counted += count.asLong();
        }
        assertThat(counted).isEqualTo(histograms.get("rows").asLong());
      }
    }
  }

  @Test
  void canariesAreWhatTheMojoScoresToTheLastBit() throws Exception {
    for (String name : MODELS) {
      MojoModel mojo = MojoModel.load(models.resolve(name).resolve("model.zip").toString());
      JsonNode canaries = manifest(name).get("canaries");
      assertThat(canaries.size()).isGreaterThanOrEqualTo(20);
      int withMissing = 0;
      for (JsonNode canary : canaries) {
        double[] row = row(canary.get("features"));
        withMissing += Double.isNaN(java.util.Arrays.stream(row).sum()) ? 1 : 0;
        double[] prediction = new double[3];
        mojo.score0(row, prediction);
        assertThat(canary.get("score").asDouble())
            .isEqualTo(prediction[name.equals("isolation") ? 0 : 2]);
      }
      assertThat(withMissing).isBetween(1, canaries.size() - 1);
    }
  }

  @Test
  void theScoringFunctionsLoadTheBundlesAndSayTheirVersions() {
    ModelVersion versions = new ModelVersion();
    versions.configure(Map.of("ksql.functions._global_.model.dir", models.toString()));
    for (String name : MODELS) {
      assertThat(first).contains(versions.modelVersion(name) + " is new");
    }
  }

  @Test
  void partsFollowEachOtherWithADelayAndTogetherAreNotAll() throws IOException {
    JsonNode manifest = manifest("forest");
    assertThat(manifest.at("/training/to").asText())
        .isLessThan(manifest.at("/validation/from").asText());
    assertThat(manifest.at("/validation/to").asText())
        .isLessThan(manifest.at("/test/from").asText());
    int rows =
        manifest.at("/training/rows").asInt()
            + manifest.at("/validation/rows").asInt()
            + manifest.at("/test/rows").asInt();
    assertThat(rows).isBetween(5_000, 5_999);
  }

  @Test
  void calibrationAscendsAndIsMissingOfTheIsolationForest() throws IOException {
    JsonNode probabilities = manifest("forest").at("/calibration/probabilities");
    assertThat(probabilities.size()).isGreaterThan(2);
    for (int i = 1; i < probabilities.size(); i++) {
      assertThat(probabilities.get(i).asDouble())
          .isBetween(probabilities.get(i - 1).asDouble(), 1.0);
    }
    assertThat(manifest("isolation").has("calibration")).isFalse();
  }

  @Test
  void tellsWhatIsNewAndThatTheSameSeedChangesNothing() {
    assertThat(first).contains("forest@").contains("is new");
    for (String name : MODELS) {
      assertThat(second).containsPattern(name + "@[0-9a-f]{12} is unchanged");
    }
  }

  @Test
  void saysWhereTheBundlesAreAndThatTheyAreNotThePipelines() {
    assertThat(first)
        .contains("Bundles are in " + models)
        .contains("which the pipeline's transactions do not have");
  }

  @Test
  void reportStandsAlone() throws IOException {
    String page = Files.readString(directory.resolve("report.html"));
    assertThat(page)
        .contains("ROC", "Calibration", "card", "What moves forest")
        .doesNotContain("<script src", "<link");
  }

  @Test
  void leavesOnlyTheBundles() throws IOException {
    try (Stream<Path> files = Files.walk(models)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsOnly("manifest.json", "model.zip", "histograms.json")
          .hasSize(3 * MODELS.size());
    }
  }

  private static String train(Path csv) {
    StringWriter out = new StringWriter();
    CommandLine command = TrainingCommand.commandLine().setOut(new PrintWriter(out, true));
    int exit =
        command.execute(
            "train",
            "--data=" + csv,
            "--out=" + models,
            "--report=" + directory.resolve("report.html"),
            "--work=" + directory.resolve("work"),
            "--heap=512m",
            "--seed=1");
    assertThat(exit).isZero();
    return out.toString();
  }

  private double metric(String name, String metric) throws IOException {
    return manifest(name).at("/metrics/" + metric).asDouble();
  }

  private List<String> features(String name) throws IOException {
    List<String> features = new ArrayList<>();
    manifest(name).get("features").forEach(feature -> features.add(feature.asText()));
    return features;
  }

  private JsonNode manifest(String name) throws IOException {
    return new ObjectMapper().readTree(models.resolve(name).resolve("manifest.json").toFile());
  }

  private static double[] row(JsonNode features) {
    double[] row = new double[features.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = features.get(i).isNull() ? Double.NaN : features.get(i).asDouble();
    }
    return row;
  }
}
