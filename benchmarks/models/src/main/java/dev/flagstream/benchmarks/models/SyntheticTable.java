package dev.flagstream.benchmarks.models;

import dev.flagstream.udf.TransactionFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Made-up rows of the features of transactions: some columns of long tails, some of few values,
 * some often missing, and a label that depends on several of them and on chance. The same seed
 * gives the same table.
 */
final class SyntheticTable {

  private static final double SHARE_MISSING = 0.15;

  private final double[][] columns;
  private final double[] labels;

  SyntheticTable(int rows, long seed) {
    List<String> names = TransactionFeatures.names();
    columns = new double[names.size()][rows];
    labels = new double[rows];
    Random random = new Random(seed);
    for (int row = 0; row < rows; row++) {
      double evidence = -3;
      for (int column = 0; column < columns.length; column++) {
        double value = value(column, random);
        columns[column][row] = value;
        evidence += evidence(column, value);
      }
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-2 * evidence)) ? 1 : 0;
    }
  }

  private static double value(int column, Random random) {
    if (column % 5 == 1 && random.nextDouble() < SHARE_MISSING) {
      return Double.NaN;
    }
    return switch (column % 4) {
      case 0 -> Math.exp(2 * random.nextGaussian());
      case 1 -> random.nextInt(12);
      case 2 -> random.nextGaussian();
      default -> random.nextInt(400) / 100.0;
    };
  }

  private static double evidence(int column, double value) {
    if (column >= 12) {
      return 0;
    }
    if (Double.isNaN(value)) {
      return 0.4;
    }
    return 0.7 * Math.sin(value * (1 + column % 3)) + (column % 4 == 0 && value > 4 ? 0.6 : 0);
  }

  double[] column(int index) {
    return columns[index].clone();
  }

  /** A line a row, the features separated by commas, empty where a value is missing. */
  List<String> lines() {
    return IntStream.range(0, labels.length)
        .mapToObj(
            row ->
                Arrays.stream(columns)
                    .map(column -> Double.isNaN(column[row]) ? "" : String.valueOf(column[row]))
                    .collect(Collectors.joining(",")))
        .toList();
  }

  /** 1 for fraud, else 0. */
  double[] labels() {
    return labels.clone();
  }
}
