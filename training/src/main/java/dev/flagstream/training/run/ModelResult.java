package dev.flagstream.training.run;

import dev.flagstream.training.bundle.BundleFolder;
import dev.flagstream.training.bundle.BundleManifest;
import dev.flagstream.training.calibration.IsotonicCalibration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One trained model.
 *
 * @param bundle as it lies in the folder now
 * @param before what it replaced
 * @param importance share of each feature, most important first
 * @param testScores raw scores of the test rows
 * @param calibration empty for an isolation forest
 * @param trainingSeconds how long H2O took
 */
public record ModelResult(
    BundleFolder.Installed bundle,
    Optional<BundleFolder.Installed> before,
    Map<String, Double> importance,
    List<Double> testScores,
    Optional<IsotonicCalibration> calibration,
    double trainingSeconds) {

  /** What the bundle says. */
  public BundleManifest manifest() {
    return bundle.manifest();
  }

  /** What SQL calls it. */
  public String name() {
    return manifest().name();
  }

  /** The raw scores of the test rows. */
  public double[] scores() {
    return testScores.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
