package dev.flagstream.training.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The points of a curve that can be seen: the first, the last, and each that lies a 400th of the
 * width or of the height from the one before. A curve has a point for each distinct score, tens of
 * thousands; a page does not need them.
 */
final class Curve {

  private static final int STEPS = 400;

  private Curve() {}

  static <T> List<T> visible(List<T> all, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    double stepX = range(all, x) / STEPS;
    double stepY = range(all, y) / STEPS;
    List<T> visible = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      T point = all.get(i);
      if (visible.isEmpty()
          || i == all.size() - 1
          || moved(visible, point, x, stepX)
          || moved(visible, point, y, stepY)) {
        visible.add(point);
      }
    }
    return visible;
  }

  static <T> double[] values(List<T> points, ToDoubleFunction<T> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  private static <T> boolean moved(
      List<T> visible, T point, ToDoubleFunction<T> value, double step) {
    T last = visible.get(visible.size() - 1);
    return Math.abs(value.applyAsDouble(point) - value.applyAsDouble(last)) >= step;
  }

  private static <T> double range(List<T> all, ToDoubleFunction<T> value) {
    return all.stream().mapToDouble(value).max().orElse(0)
        - all.stream().mapToDouble(value).min().orElse(0);
  }
}
