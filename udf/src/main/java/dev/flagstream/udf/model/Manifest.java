package dev.flagstream.udf.model;

import java.util.List;
import java.util.Optional;

/**
 * What a bundle says of its model, as far as scoring needs it.
 *
 * @param features the columns of the model, in their order
 * @param alertThreshold the raw score from which a transaction is an alert
 * @param calibration none of an isolation forest, whose scores are no probabilities
 * @param canaries rows with the scores they had when the model was trained
 */
record Manifest(
    String name,
    Algorithm algorithm,
    String mojoFile,
    String mojoSha256,
    List<String> features,
    double alertThreshold,
    Optional<Calibration> calibration,
    List<Canary> canaries) {

  private static final double FORMAT = 1;
  private static final int MIN_CANARIES = 20;

  /** A row, NaN where a value is missing, and its raw score to the last bit. */
  static final class Canary {

    private final double[] row;
    private final double score;

    Canary(double[] row, double score) {
      this.row = row.clone();
      this.score = score;
    }

    double[] row() {
      return row.clone();
    }

    double score() {
      return score;
    }
  }

  /**
   * Reads {@code manifest.json}.
   *
   * @throws IllegalArgumentException naming the field that is missing or wrong
   */
  static Manifest read(byte[] document) {
    JsonObject json = JsonObject.read(document);
    if (json.number("format") != FORMAT) {
      throw json.invalid("format", json.number("format") + " is not supported, only 1");
    }
    JsonObject mojo = json.object("mojo");
    List<String> features = json.texts("features");
    return new Manifest(
        json.text("name"),
        algorithm(json),
        mojoFile(mojo),
        mojo.text("sha256"),
        List.copyOf(features),
        json.object("thresholds").number("alert"),
        json.optionalObject("calibration").map(Manifest::calibration),
        canaries(json, features.size()));
  }

  private static Algorithm algorithm(JsonObject json) {
    try {
      return Algorithm.of(json.text("algorithm"));
    } catch (IllegalArgumentException e) {
      throw json.invalid("algorithm", e.getMessage());
    }
  }

  private static String mojoFile(JsonObject mojo) {
    String file = mojo.text("file");
    if (!file.matches("[\\w.-]+") || file.startsWith(".")) {
      throw mojo.invalid("file", file + " is no plain file name");
    }
    return file;
  }

  private static Calibration calibration(JsonObject json) {
    if (!json.text("method").equals("isotonic")) {
      throw json.invalid("method", json.text("method") + " is not supported, only isotonic");
    }
    try {
      return new Calibration(json.numbers("scores"), json.numbers("probabilities"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("calibration: " + e.getMessage(), e);
    }
  }

  private static List<Canary> canaries(JsonObject json, int features) {
    List<Canary> canaries =
        json.objects("canaries").stream()
            .map(row -> new Canary(row.numbersOrNaN("features"), row.numberOrNaN("score")))
            .toList();
    if (canaries.size() < MIN_CANARIES) {
      throw json.invalid(
          "canaries", "%d rows, at least %d are needed".formatted(canaries.size(), MIN_CANARIES));
    }
    for (int index = 0; index < canaries.size(); index++) {
      int values = canaries.get(index).row().length;
      if (values != features) {
        throw json.invalid(
            "canaries[" + index + "].features",
            "%d values for %d features".formatted(values, features));
      }
    }
    return canaries;
  }
}
