package dev.flagstream.training.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flagstream.training.calibration.IsotonicCalibration;
import java.util.List;

/**
 * What a bundle says of its model, as {@code manifest.json}. Instants are ISO texts.
 *
 * @param format of the manifest; 1
 * @param name what SQL calls the model
 * @param algorithm drf, glm, gbm or isolationforest
 * @param mojo the file of the model
 * @param features in the order of the MOJO's columns
 * @param missing how the model treats a missing value, in words
 * @param training what it learned from
 * @param validation what calibration and thresholds come from
 * @param test what the metrics come from: later than both
 * @param metrics on the test
 * @param thresholds from which score on there is an alert, and why
 * @param calibration from raw score to probability; {@code null} for an isolation forest
 * @param histograms the file of the training rows' histograms; {@code null} in bundles from before
 *     there were any
 * @param canaries rows whose score must come out to the last bit
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BundleManifest(
    int format,
    String name,
    String algorithm,
    Mojo mojo,
    List<String> features,
    String missing,
    Training training,
    Rows validation,
    Rows test,
    Metrics metrics,
    Thresholds thresholds,
    Calibration calibration,
    Histograms histograms,
    List<Canary> canaries) {

  /** The only format there is. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public BundleManifest {
    features = List.copyOf(features);
    canaries = List.copyOf(canaries);
  }

  /** The same, trained when that one was. */
  BundleManifest trainedAt(BundleFolder.Installed other) {
    return new BundleManifest(
        format,
        name,
        algorithm,
        mojo,
        features,
        missing,
        training.at(other.manifest().training().trainedAt()),
        validation,
        test,
        metrics,
        thresholds,
        calibration,
        histograms,
        canaries);
  }

  /** The model's file, beside the manifest. */
  public record Mojo(String file, String sha256) {}

  /** The file of {@link FeatureHistograms}, beside the manifest. */
  public record Histograms(String file, String sha256) {}

  /** The rows learned from. */
  public record Training(
      String data, String from, String to, int rows, int frauds, long seed, String trainedAt) {

    private Training at(String time) {
      return new Training(data, from, to, rows, frauds, seed, time);
    }
  }

  /** Which rows, from when to when, and how many of them are frauds. */
  public record Rows(String from, String to, int rows, int frauds) {}

  /**
   * How good the model is; {@code cardPrecisionAt100} is {@code null} where the data name no cards.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Metrics(double aucRoc, double averagePrecision, Double cardPrecisionAt100) {}

  /** The alert threshold in force, and the two ways to choose one. */
  public record Thresholds(double alert, String basis, double byAlertBudget, double byCost) {}

  /** Points of the calibration, linear in between. */
  public record Calibration(String method, List<Double> scores, List<Double> probabilities) {

    /** In the form of the manifest. */
    public static Calibration of(IsotonicCalibration calibration) {
      return new Calibration("isotonic", calibration.scores(), calibration.probabilities());
    }
  }

  /** A row, {@code null} where a value is missing, and its raw score. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Canary(List<Double> features, double score) {}
}
