package dev.flagstream.ksql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.topology.log.ProcessingLog;
import hex.genmodel.MojoModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models called from SQL, by the UDF jar as a server loads it; scores beside h2o-genmodel's. */
class ModelFunctionsTest {

  private static final Path UDF = Path.of("..", "udf");
  private static final Path MOJOS =
      UDF.resolve(Path.of("src", "test", "resources", "dev", "flagstream", "udf", "model"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 200;
  private static final int CANARIES = 20;
  private static final double ALERT = 0.4;

  @TempDir private Path folder;

  private final Random random = new Random(20_261_121);
  private Path models;
  private MojoModel forest;
  private MojoModel isolation;

  @BeforeEach
  void deploy() throws IOException {
    Path jar = UDF.resolve(Path.of("target", "flagstream-udf.jar"));
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    Files.copy(jar, extensions.resolve(jar.getFileName()));
    models = Files.createDirectory(folder.resolve("models"));
    forest = deploy("forest", "drf");
    isolation = deploy("isolation", "isolationforest");
  }

  @Test
  void scoreEachRowAsGenmodel() throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> records = new ArrayList<>();
    while (rows.size() < ROWS) {
      double[] row = row();
      rows.add(row);
      ObjectNode features = JSON.createObjectNode();
      for (int feature = 0; feature < row.length; feature++) {
        features.put(names()[feature], Double.isNaN(row[feature]) ? null : row[feature]);
      }
      ObjectNode record = JSON.createObjectNode().set("features", features);
      record.set("by_name", features);
      records.add(record.toString());
    }

    List<JsonNode> scored =
        run(
            """
            SELECT
              FRAUD_SCORE('forest', features) AS score,
              FRAUD_SCORE('forest', by_name) AS score_of_map,
              FRAUD_PROBABILITY('forest', features) AS probability,
              ANOMALY_SCORE(features) AS anomaly,
              FRAUD_REASONS('forest', features, 3) AS reasons,
              FRAUD_SCORE('forest', features) >= FRAUD_THRESHOLD('forest') AS alert,
              MODEL_VERSION('forest') AS model
            FROM input\
            """,
            records);

    assertThat(scored).hasSize(ROWS);
    for (int index = 0; index < ROWS; index++) {
      JsonNode result = scored.get(index);
      double expected = score(forest, rows.get(index));
      assertThat(result.get("SCORE").doubleValue()).isEqualTo(expected);
      assertThat(result.get("SCORE_OF_MAP").doubleValue()).isEqualTo(expected);
      assertThat(result.get("ANOMALY").doubleValue()).isEqualTo(score(isolation, rows.get(index)));
      assertThat(result.get("ALERT").booleanValue()).isEqualTo(expected >= ALERT);
      assertThat(result.get("PROBABILITY").doubleValue()).isBetween(0.0, 1.0);
      assertThat(result.get("REASONS")).hasSize(3);
      assertThat(result.at("/REASONS/0/feature").textValue()).isIn((Object[]) names());
      assertThat(Math.abs(result.at("/REASONS/0/contribution").doubleValue()))
          .isGreaterThanOrEqualTo(Math.abs(result.at("/REASONS/1/contribution").doubleValue()));
      assertThat(result.get("MODEL").textValue()).matches("forest@[0-9a-f]{12}");
    }
    assertThat(scored.stream().map(result -> result.get("ALERT")).distinct())
        .as("some are alerts, some are not")
        .hasSize(2);
  }

  @Test
  void giveNullForARowWhoseFeaturesAreNotTheModels() throws IOException {
    List<JsonNode> scored =
        run(
            "SELECT FRAUD_SCORE('forest', by_name) AS score FROM input",
            List.of("{\"by_name\": {\"amuont\": 3.0}}"));

    // As in ksqlDB: the error that names the feature is in the processing log.
    assertThat(scored).hasSize(1);
    assertThat(scored.get(0).get("SCORE").isNull()).isTrue();
    assertThat(log.messages).singleElement().asString().contains("did you mean amount?");
  }

  @Test
  void doNotStartWithAModelThatDoesNotHold() throws IOException {
    Path mojo = models.resolve(Path.of("isolation", "model.zip"));
    byte[] bytes = Files.readAllBytes(mojo);
    bytes[100] ^= 1;
    Files.write(mojo, bytes);

    assertThatThrownBy(
            () -> run("SELECT FRAUD_SCORE('forest', features) AS score FROM input", List.of()))
        .hasStackTraceContaining("isolation/model.zip: its SHA-256 is ");
  }

  private final CollectingLog log = new CollectingLog();

  private List<JsonNode> run(String query, List<String> records) throws IOException {
    String fields =
        Arrays.stream(names())
            .map(name -> "`" + name + "` DOUBLE")
            .collect(Collectors.joining(", "));
    FunctionCatalog functions = FunctionLoader.load(folder.resolve("extensions"));
    Map<String, String> settings = Map.of("ksql.functions._global_.model.dir", models.toString());
    try (OfflineEngine engine = new OfflineEngine(functions, settings, log)) {
      engine.run(
          "CREATE STREAM input (features STRUCT<"
              + fields
              + ">, by_name MAP<VARCHAR, DOUBLE>)"
              + " WITH (KAFKA_TOPIC = 'input', VALUE_FORMAT = 'JSON', PARTITIONS = 1);");
      engine.run("CREATE STREAM output AS " + query + " EMIT CHANGES;");
      for (String record : records) {
        engine.send(
            "input",
            new OfflineRecord(null, record.getBytes(StandardCharsets.UTF_8), 0, List.of()));
      }
      List<JsonNode> results = new ArrayList<>();
      for (OfflineRecord result : engine.written("OUTPUT")) {
        results.add(JSON.readTree(result.value()));
      }
      return results;
    }
  }

  private String[] names() {
    return Arrays.copyOf(forest.getNames(), forest.nfeatures());
  }

  private double[] row() {
    return random
        .doubles(names().length, -2, 10)
        .map(value -> random.nextInt(10) == 0 ? Double.NaN : value)
        .toArray();
  }

  /** Writes a bundle as training does, with canary rows that genmodel scores. */
  private MojoModel deploy(String name, String algorithm) throws IOException {
    Path bundle = Files.createDirectory(models.resolve(name));
    byte[] mojo = Files.readAllBytes(MOJOS.resolve(name + ".zip"));
    Files.write(bundle.resolve("model.zip"), mojo);
    MojoModel genmodel = MojoModel.load(bundle.resolve("model.zip").toString());
    ObjectNode manifest = JSON.createObjectNode().put("format", 1).put("name", name);
    manifest.put("algorithm", algorithm);
    manifest.putObject("mojo").put("file", "model.zip").put("sha256", sha256(mojo));
    ArrayNode features = manifest.putArray("features");
    Arrays.stream(genmodel.getNames()).limit(genmodel.nfeatures()).forEach(features::add);
    manifest.putObject("thresholds").put("alert", ALERT);
    if (genmodel.isSupervised()) {
      ObjectNode calibration = manifest.putObject("calibration").put("method", "isotonic");
      calibration.putArray("scores").add(0.0).add(1.0);
      calibration.putArray("probabilities").add(0.0).add(0.5);
    }
    ArrayNode canaries = manifest.putArray("canaries");
    while (canaries.size() < CANARIES) {
      double[] row = random.doubles(genmodel.nfeatures(), -2, 10).toArray();
      ObjectNode canary = canaries.addObject().put("score", score(genmodel, row));
      ArrayNode values = canary.putArray("features");
      Arrays.stream(row).forEach(values::add);
    }
    Files.writeString(bundle.resolve("manifest.json"), manifest.toPrettyString());
    return genmodel;
  }

  private static double score(MojoModel genmodel, double[] row) {
    double[] predictions =
        genmodel.score0(row.clone(), new double[genmodel.isSupervised() ? 3 : 2]);
    return predictions[genmodel.isSupervised() ? 2 : 0];
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static final class CollectingLog implements ProcessingLog {

    private final List<String> messages = new ArrayList<>();

    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
      messages.add(topic + " is unreadable: " + error.getMessage());
    }

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
      messages.add(message + cause.map(thrown -> ": " + rootMessage(thrown)).orElse(""));
    }

    private static String rootMessage(Throwable thrown) {
      Throwable root = thrown;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root.getMessage();
    }
  }
}
