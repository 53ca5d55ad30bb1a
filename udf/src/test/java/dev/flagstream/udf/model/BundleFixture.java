package dev.flagstream.udf.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Writes bundles as training does: canary rows scored by h2o-genmodel. */
final class BundleFixture {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CANARIES = 24;

  private BundleFixture() {}

  /** Writes a bundle and returns its directory. */
  static Path write(Path modelDirectory, String name, TestModel model) {
    return write(modelDirectory, name, model, model.mojo(), manifest -> {});
  }

  /** Writes a bundle whose manifest is changed after it was made. */
  static Path write(
      Path modelDirectory, String name, TestModel model, Consumer<ObjectNode> change) {
    return write(modelDirectory, name, model, model.mojo(), change);
  }

  static Path write(
      Path modelDirectory, String name, TestModel model, byte[] mojo, Consumer<ObjectNode> change) {
    ObjectNode manifest = manifest(name, model, mojo);
    change.accept(manifest);
    try {
      Path bundle = Files.createDirectories(modelDirectory.resolve(name));
      Files.write(bundle.resolve("model.zip"), mojo);
      Files.writeString(bundle.resolve("manifest.json"), manifest.toPrettyString());
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode manifest(String name, TestModel model, byte[] mojo) {
    ObjectNode manifest = JSON.createObjectNode().put("format", 1).put("name", name);
    manifest.put("algorithm", algorithm(model));
    manifest.putObject("mojo").put("file", "model.zip").put("sha256", sha256(mojo));
    ArrayNode features = manifest.putArray("features");
    model.ours().features().forEach(features::add);
    manifest.put("missing", "by the direction of each split");
    manifest.putObject("training").put("rows", 3000).put("from", "2018-07-25T00:00:00Z");
    manifest.putObject("metrics").put("aucRoc", 0.9);
    manifest.putObject("thresholds").put("alert", 0.75).put("basis", "100 cards a day");
    if (!model.isAnomalyModel()) {
      ObjectNode calibration = manifest.putObject("calibration").put("method", "isotonic");
      calibration.putArray("scores").add(0.0).add(0.5).add(1.0);
      calibration.putArray("probabilities").add(0.0).add(0.1).add(0.9);
    }
    addCanaries(manifest.putArray("canaries"), model);
    return manifest;
  }

  private static String algorithm(TestModel model) {
    return switch (model) {
      case FOREST, FOREST_BALANCED, FOREST_OF_LEAVES -> "drf";
      case BOOSTING, BOOSTING_BALANCED -> "gbm";
      case ISOLATION -> "isolationforest";
      case LOGISTIC, LOGISTIC_SKIPPING -> "glm";
    };
  }

  private static void addCanaries(ArrayNode canaries, TestModel model) {
    TestModel.Oracle oracle = model.oracle();
    TestRows rows = new TestRows(oracle, model.ours().features().size(), 99);
    while (canaries.size() < CANARIES) {
      double[] row = rows.next();
      ObjectNode canary = JSON.createObjectNode();
      ArrayNode values = canary.putArray("features");
      for (int index = 0; index < row.length; index++) {
        if (Double.isInfinite(row[index])) {
          row[index] = 1;
        }
        values.add(Double.isNaN(row[index]) ? null : Double.valueOf(row[index]));
      }
      double score = oracle.score(row);
      canary.put("score", Double.isNaN(score) ? null : Double.valueOf(score));
      canaries.add(canary);
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
