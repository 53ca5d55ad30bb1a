package dev.flagstream.training.metrics;

import dev.flagstream.training.table.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What it costs to alert from each score on: a missed fraud costs its amount, an alert the time of
 * the person who looks at it.
 *
 * @param points highest threshold first; the first alerts nothing
 */
public record CostCurve(List<Point> points) {

  /**
   * One threshold.
   *
   * @param threshold the least score with an alert
   * @param alerts how many transactions have one
   * @param missed the amounts of the frauds without one
   * @param cost {@code missed + alerts × cost of an alert}
   */
  public record Point(double threshold, long alerts, double missed, double cost) {}

  /** Copies the points. */
  public CostCurve {
    points = List.copyOf(points);
  }

  /**
   * Computes the curve.
   *
   * @param costOfAlert in the currency of the amounts
   * @param costOfMissWithoutAmount for frauds whose amount is NaN
   */
  public static CostCurve of(
      List<Example> rows, double[] scores, double costOfAlert, double costOfMissWithoutAmount) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
    double missed = 0;
    for (Example row : rows) {
      missed += row.fraud() ? loss(row, costOfMissWithoutAmount) : 0;
    }
    List<Point> points = new ArrayList<>();
    points.add(
        new Point(
            scores.length == 0 ? Double.POSITIVE_INFINITY : Math.nextUp(scores[order[0]]),
            0,
            missed,
            missed));
    for (int i = 0; i < order.length; i++) {
      Example row = rows.get(order[i]);
      missed -= row.fraud() ? loss(row, costOfMissWithoutAmount) : 0;
      if (i + 1 == order.length || scores[order[i + 1]] != scores[order[i]]) {
        long alerts = i + 1L;
        points.add(new Point(scores[order[i]], alerts, missed, missed + alerts * costOfAlert));
      }
    }
    return new CostCurve(points);
  }

  /** The threshold of least cost; the highest of them if several cost the same. */
  public Point cheapest() {
    Point best = points.get(0);
    for (Point point : points) {
      if (point.cost() < best.cost()) {
        best = point;
      }
    }
    return best;
  }

  private static double loss(Example fraud, double withoutAmount) {
    return Double.isNaN(fraud.amount()) ? withoutAmount : fraud.amount();
  }
}
