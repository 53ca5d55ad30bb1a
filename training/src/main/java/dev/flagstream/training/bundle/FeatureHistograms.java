package dev.flagstream.training.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.flagstream.training.table.FeatureTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How the values of each feature were distributed in the rows that a model learned from, as {@code
 * histograms.json}: what later values are compared with to see whether they have moved.
 *
 * @param format of the file; 1
 * @param rows how many rows there were
 * @param features by name, in the order of the model's columns
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FeatureHistograms(int format, long rows, Map<String, Histogram> features) {

  /** The only format there is. */
  public static final int FORMAT = 1;

  private static final int TENTHS = 10;

  /** Keeps the order of the features. */
  public FeatureHistograms {
    features = new LinkedHashMap<>(features);
  }

  /** By name, in the order of the model's columns; a copy. */
  @Override
  public Map<String, Histogram> features() {
    return new LinkedHashMap<>(features);
  }

  /**
   * The values of one feature in at most ten parts that hold about as many values each, as far as
   * not too many values are alike.
   *
   * @param missing how many rows have no value
   * @param edges where one part ends and the next begins, ascending; a value that equals an edge is
   *     in the part above it
   * @param counts how many values are in each part: one more than there are edges
   */
  public record Histogram(long missing, List<Double> edges, List<Long> counts) {

    /** Checks that counts and edges fit together. */
    public Histogram {
      edges = List.copyOf(edges);
      counts = List.copyOf(counts);
      if (counts.size() != edges.size() + 1) {
        throw new IllegalArgumentException(
            "%d counts for %d edges; there must be one more"
                .formatted(counts.size(), edges.size()));
      }
    }

    /** Of values, NaN where one is missing. */
    static Histogram of(double[] values) {
      double[] present =
          Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
      double[] edges = edges(present);
      long[] counts = new long[edges.length + 1];
      for (double value : present) {
        int found = Arrays.binarySearch(edges, value);
        counts[found >= 0 ? found + 1 : -found - 1]++;
      }
      return new Histogram(
          values.length - present.length,
          DoubleStream.of(edges).boxed().toList(),
          LongStream.of(counts).boxed().toList());
    }

    /**
     * Each value is a part of its own where there are few, such as yes and no. Where nine tenths
     * are alike, such as no frauds at a merchant, what is more than that is a part of its own: else
     * nobody would see it grow.
     */
    private static double[] edges(double[] ascending) {
      double[] different = Arrays.stream(ascending).distinct().limit(TENTHS + 1L).toArray();
      if (different.length <= TENTHS) {
        return Arrays.stream(different).skip(1).toArray();
      }
      double[] tenths =
          IntStream.range(1, TENTHS)
              .mapToDouble(tenth -> ascending[(int) ((long) tenth * ascending.length / TENTHS)])
              .filter(edge -> edge > ascending[0])
              .distinct()
              .toArray();
      return tenths.length == 0 ? new double[] {different[1]} : tenths;
    }
  }

  /** Of all features of a table. */
  public static FeatureHistograms of(FeatureTable table) {
    Map<String, Histogram> features = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(table.features());
    for (int place = 0; place < names.size(); place++) {
      int column = place;
      features.put(
          names.get(place),
          Histogram.of(table.rows().stream().mapToDouble(row -> row.features()[column]).toArray()));
    }
    return new FeatureHistograms(FORMAT, table.size(), features);
  }
}
