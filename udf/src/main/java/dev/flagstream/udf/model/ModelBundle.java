package dev.flagstream.udf.model;

import dev.flagstream.udf.NearMiss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A model that was found to be what its manifest says: a directory with {@code manifest.json} and
 * the MOJO it names. Immutable and thread-safe.
 *
 * <p>What bounds the work of reading one: the manifest has 8 MiB at most and is nested 1,000 deep
 * at most, the MOJO has 128 MiB at most, packed and unpacked.
 */
public final class ModelBundle {

  static final String MANIFEST = "manifest.json";
  private static final int VERSION_DIGITS = 12;

  /** Several hundred times those that ship. */
  static final int MAX_MANIFEST_BYTES = 8 << 20;

  private final Manifest manifest;
  private final String version;
  private final Model model;
  private final ThreadLocal<double[]> rowOfThread;
  private final ThreadLocal<double[]> reasonsOfThread;
  private final ThreadLocal<LastRow> lastRowOfThread;

  private ModelBundle(Manifest manifest, String version, Model model) {
    this.manifest = manifest;
    this.version = version;
    this.model = model;
    int features = model.features().size();
    this.rowOfThread = ThreadLocal.withInitial(() -> new double[features]);
    this.reasonsOfThread = ThreadLocal.withInitial(() -> new double[features]);
    this.lastRowOfThread = ThreadLocal.withInitial(() -> new LastRow(features));
  }

  /**
   * The row that a thread had scored or explained last. Where a row's score was followed by the
   * question for its reasons, the next row's walk through the trees gives both at once.
   */
  private static final class LastRow {

    private final double[] row;
    private final double[] contributions;
    private double score;
    private boolean isScored;
    private boolean isExplained;
    private boolean wasAskedWhy;

    LastRow(int features) {
      row = new double[features];
      contributions = new double[features];
    }

    double score(double[] asked, Model model) {
      if (!isScored || !Arrays.equals(row, asked)) {
        boolean withReasons = wasAskedWhy;
        wasAskedWhy = false;
        take(asked, model, withReasons);
      }
      return score;
    }

    double[] contributions(double[] asked, Model model) {
      wasAskedWhy = true;
      if (!isExplained || !Arrays.equals(row, asked)) {
        take(asked, model, true);
      }
      return contributions;
    }

    private void take(double[] asked, Model model, boolean withReasons) {
      isScored = false;
      isExplained = false;
      score = withReasons ? model.explain(asked, contributions) : model.score(asked);
      System.arraycopy(asked, 0, row, 0, row.length);
      isScored = true;
      isExplained = withReasons;
    }
  }

  /**
   * Reads and verifies a bundle: name, checksum, features in their order, and the score of each
   * canary row to the last bit.
   *
   * @param directory named as the model
   * @throws UnusableModelException naming the file and what does not hold
   */
  public static ModelBundle read(Path directory) {
    Path manifestFile = directory.resolve(MANIFEST);
    byte[] document = content(manifestFile, MAX_MANIFEST_BYTES);
    Manifest manifest;
    try {
      manifest = Manifest.read(document);
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(manifestFile.toString(), e.getMessage(), e);
    }
    if (!manifest.name().equals(String.valueOf(directory.getFileName()))) {
      throw new UnusableModelException(
          manifestFile.toString(),
          "the model is named "
              + manifest.name()
              + " and lies in the directory "
              + directory.getFileName()
              + "; the names must be the same");
    }
    Model model = model(directory.resolve(manifest.mojoFile()), manifest);
    requireCanaries(manifestFile, manifest, model);
    return new ModelBundle(
        manifest, manifest.name() + "@" + sha256(document).substring(0, VERSION_DIGITS), model);
  }

  private static Model model(Path file, Manifest manifest) {
    byte[] mojo = content(file, MojoFiles.MAX_UNPACKED_BYTES);
    String checksum = sha256(mojo);
    if (!checksum.equalsIgnoreCase(manifest.mojoSha256())) {
      throw new UnusableModelException(
          file.toString(),
          "its SHA-256 is "
              + checksum
              + ", the manifest says "
              + manifest.mojoSha256()
              + "; copy the whole bundle anew");
    }
    Model model = Mojo.read(file, mojo);
    if (model.algorithm() != manifest.algorithm()) {
      throw new UnusableModelException(
          file.toString(),
          "its algorithm is %s, the manifest says %s"
              .formatted(model.algorithm().id(), manifest.algorithm().id()));
    }
    requireFeatures(file, manifest.features(), model.features());
    return model;
  }

  private static void requireFeatures(Path file, List<String> named, List<String> found) {
    for (int index = 0; index < Math.max(named.size(), found.size()); index++) {
      String name = index < named.size() ? named.get(index) : "none";
      String column = index < found.size() ? found.get(index) : "none";
      if (!name.equals(column)) {
        throw new UnusableModelException(
            file.toString(),
            "its feature %d is %s, in the manifest %s".formatted(index + 1, column, name));
      }
    }
    Set<String> seen = new HashSet<>();
    for (String name : named) {
      if (!seen.add(name)) {
        throw new UnusableModelException(file.toString(), "it has the feature " + name + " twice");
      }
    }
  }

  private static void requireCanaries(Path file, Manifest manifest, Model model) {
    for (int index = 0; index < manifest.canaries().size(); index++) {
      Manifest.Canary canary = manifest.canaries().get(index);
      double score = model.score(canary.row());
      if (Double.doubleToLongBits(score) != Double.doubleToLongBits(canary.score())) {
        throw new UnusableModelException(
            file.toString(),
            "canary row %d (the first is 0) scores %s, expected %s"
                .formatted(index, score, canary.score()));
      }
    }
  }

  private static byte[] content(Path file, int longest) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(longest + 1);
      if (content.length > longest) {
        throw new UnusableModelException(
            file.toString(), "is longer than the " + longest + " bytes that it may have");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new UnusableModelException(file.toString(), "there is no such file", e);
    } catch (IOException e) {
      throw new UnusableModelException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }

  /** In hexadecimal digits. */
  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  public String name() {
    return manifest.name();
  }

  /**
   * The name and the first 12 hexadecimal digits of the manifest's SHA-256: {@code name@digits}.
   */
  public String version() {
    return version;
  }

  public Model model() {
    return model;
  }

  /** Working memory for a row of the model, the calling thread's until its next row. */
  double[] rowOfThread() {
    return rowOfThread.get();
  }

  /**
   * What each feature contributed to the score of a row, {@linkplain #score like that} not worked
   * out twice: working memory, the calling thread's until its next row.
   */
  double[] contributions(double[] row) {
    double[] contributions = reasonsOfThread.get();
    System.arraycopy(
        lastRowOfThread.get().contributions(row, model), 0, contributions, 0, contributions.length);
    return contributions;
  }

  /**
   * The model's score of a row. A statement asks for the same one again and again – for the score,
   * the alert and the probability – so the score of a thread's last row is not worked out twice.
   */
  double score(double[] row) {
    return lastRowOfThread.get().score(row, model);
  }

  /** The raw score from which a transaction is an alert. */
  public double alertThreshold() {
    return manifest.alertThreshold();
  }

  /**
   * Checks that scores are those of an isolation forest.
   *
   * @throws IllegalArgumentException if they are not
   */
  void requireAnomalyModel() {
    if (manifest.algorithm() != Algorithm.ISOLATION_FOREST) {
      throw new IllegalArgumentException(
          "the model %s is no isolation forest but %s: call FRAUD_SCORE"
              .formatted(version, manifest.algorithm().id()));
    }
  }

  /**
   * The calibrated probability of a raw score.
   *
   * @throws IllegalArgumentException if the model has no calibration
   */
  double probability(double score) {
    return manifest
        .calibration()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the model " + version + " has no calibration: call FRAUD_SCORE"))
        .probability(score);
  }

  /** The error for a feature that the model does not have. */
  IllegalArgumentException unknownFeature(String feature) {
    return new IllegalArgumentException(
        "the model "
            + version
            + " has no feature "
            + feature
            + NearMiss.closest(feature, manifest.features())
                .map(closest -> ": did you mean " + closest + "?")
                .orElse(""));
  }
}
