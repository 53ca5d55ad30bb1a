package dev.flagstream.training.run;

import dev.flagstream.training.bundle.BundleManifest;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows whose scores a loader recomputes: frauds and honest ones, then the same with missing values.
 */
final class Canaries {

  private static final int FRAUDS = 8;
  private static final int HONEST = 12;
  private static final double MISSING_SHARE = 0.3;

  private Canaries() {}

  /**
   * At most 41 rows: real ones, the same with a third of the values missing, and one with all
   * missing.
   */
  static FeatureTable from(FeatureTable table, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> vectors = new ArrayList<>();
    addSpread(vectors, table.where(Example::fraud), FRAUDS);
    addSpread(vectors, table.where(row -> !row.fraud()), HONEST);
    for (double[] real : List.copyOf(vectors)) {
      vectors.add(
          Arrays.stream(real)
              .map(value -> random.nextDouble() < MISSING_SHARE ? Double.NaN : value)
              .toArray());
    }
    double[] nothing = new double[table.features().size()];
    Arrays.fill(nothing, Double.NaN);
    vectors.add(nothing);
    return new FeatureTable(
        table.features(),
        vectors.stream().map(vector -> new Example(0, null, false, 0, null, 0, vector)).toList());
  }

  private static void addSpread(List<double[]> vectors, FeatureTable rows, int most) {
    int count = Math.min(most, rows.size());
    for (int i = 0; i < count; i++) {
      vectors.add(rows.rows().get((int) ((long) i * rows.size() / count)).features());
    }
  }

  /** In the manifest's form, for the model's features. */
  static List<BundleManifest.Canary> of(FeatureTable rows, List<String> features, double[] scores) {
    FeatureTable ofModel = rows.select(features);
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new BundleManifest.Canary(values(ofModel.rows().get(i)), scores[i]))
        .toList();
  }

  private static List<Double> values(Example row) {
    List<Double> values = new ArrayList<>();
    for (double value : row.features()) {
      values.add(Double.isNaN(value) ? null : value);
    }
    return values;
  }
}
