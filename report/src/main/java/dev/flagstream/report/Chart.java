package dev.flagstream.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Builds the usual charts. NaN and infinite values leave a gap. Not safe for use by several
 * threads.
 *
 * <pre>{@code
 * Figure roc = Chart.of(Axis.number("false positive rate"), Axis.number("recall"))
 *     .line("forest", falsePositiveRates, recalls)
 *     .figure("ROC curve on the test week");
 * }</pre>
 */
public final class Chart {

  private static final int DEFAULT_HEIGHT_PX = 360;
  private static final int LARGE_SERIES = 2_000;
  private static final int POINT_SIZE_PX = 5;
  private static final int X_NAME_GAP_PX = 32;
  private static final int Y_NAME_GAP_PX = 62;

  private final ObjectNode option = JsonNodeFactory.instance.objectNode();
  private final ArrayNode series;
  private final boolean byCategory;
  private int heightPx = DEFAULT_HEIGHT_PX;

  private Chart(Axis x, Axis y) {
    byCategory = x.isCategory() || y.isCategory();
    option.set("xAxis", x.option(X_NAME_GAP_PX));
    option.set("yAxis", y.option(Y_NAME_GAP_PX));
    option
        .putObject("grid")
        .put("containLabel", true)
        .put("left", 46)
        .put("right", 32)
        .put("top", 44)
        .put("bottom", 32);
    option.putObject("tooltip").put("trigger", byCategory ? "axis" : "item");
    option.putObject("legend").put("type", "scroll");
    series = option.putArray("series");
  }

  /** An empty chart between two axes. */
  public static Chart of(Axis x, Axis y) {
    return new Chart(x, y);
  }

  /**
   * Sets the colours of the series, in their order, as CSS writes them; by default ECharts chooses.
   */
  public Chart colors(String... css) {
    ArrayNode colors = option.putArray("color");
    for (String color : css) {
      colors.add(color);
    }
    return this;
  }

  /** Sets its height on the page; 360 px by default. */
  public Chart heightPx(int px) {
    heightPx = px;
    return this;
  }

  /**
   * Adds a line through points.
   *
   * @param xs as many as {@code ys}
   */
  public Chart line(String name, double[] xs, double[] ys) {
    ObjectNode line = points("line", name, xs, ys);
    line.put("showSymbol", false);
    if (xs.length > LARGE_SERIES) {
      line.put("sampling", "lttb");
    }
    return this;
  }

  /** Adds a thin dashed line for comparison, such as the diagonal of a ROC curve. */
  public Chart reference(String name, double[] xs, double[] ys) {
    ObjectNode line = points("line", name, xs, ys);
    line.put("showSymbol", false);
    line.putObject("lineStyle").put("type", "dashed").put("width", 1).put("color", "#888");
    line.putObject("itemStyle").put("color", "#888");
    return this;
  }

  /** Adds points without a line. */
  public Chart scatter(String name, double[] xs, double[] ys) {
    return scatter(name, xs, ys, POINT_SIZE_PX);
  }

  /** Adds points of a size, without a line. */
  public Chart scatter(String name, double[] xs, double[] ys, int sizePx) {
    ObjectNode points = points("scatter", name, xs, ys);
    points.put("symbolSize", sizePx);
    if (xs.length > LARGE_SERIES) {
      points.put("large", true);
    }
    return this;
  }

  /**
   * Adds bars, one for each category of the axis.
   *
   * @throws IllegalStateException if neither axis has categories
   */
  public Chart bars(String name, double[] values) {
    if (!byCategory) {
      throw new IllegalStateException("bars need an axis of categories");
    }
    // A bar is read by its length, which must begin at zero.
    ((ObjectNode) option.get("xAxis")).remove("scale");
    ((ObjectNode) option.get("yAxis")).remove("scale");
    ObjectNode bars = series("bar", name);
    ArrayNode data = bars.putArray("data");
    for (double value : values) {
      addNumber(data, value);
    }
    return this;
  }

  /** The chart as it is now. */
  public Figure figure(String caption) {
    return new Figure(caption, option.deepCopy(), heightPx);
  }

  private ObjectNode points(String type, String name, double[] xs, double[] ys) {
    if (xs.length != ys.length) {
      throw new IllegalArgumentException(
          name + " has " + xs.length + " x values and " + ys.length + " y values");
    }
    ObjectNode node = series(type, name);
    ArrayNode data = node.putArray("data");
    for (int i = 0; i < xs.length; i++) {
      ArrayNode point = data.addArray();
      addNumber(point, xs[i]);
      addNumber(point, ys[i]);
    }
    return node;
  }

  private ObjectNode series(String type, String name) {
    return series.addObject().put("type", type).put("name", name);
  }

  private static void addNumber(ArrayNode to, double value) {
    if (Double.isFinite(value)) {
      to.add(value);
    } else {
      to.addNull();
    }
  }

  /** One side of a chart. */
  public static final class Axis {

    private final ObjectNode option = JsonNodeFactory.instance.objectNode();

    private Axis(String type, String name) {
      option.put("type", type).put("name", name).put("nameLocation", "middle");
      // At the edge of the chart, also where the other axis has numbers on both sides of zero.
      option.putObject("axisLine").put("onZero", false);
    }

    /** Numbers, on a linear scale that fits the data. */
    public static Axis number(String name) {
      Axis axis = new Axis("value", name);
      axis.option.put("scale", true);
      return axis;
    }

    /** Numbers, on a linear scale from one end to the other. */
    public static Axis number(String name, double min, double max) {
      Axis axis = new Axis("value", name);
      axis.option.put("min", min).put("max", max);
      return axis;
    }

    /** Numbers above 0, on a logarithmic scale. */
    public static Axis logarithmic(String name) {
      return new Axis("log", name);
    }

    /** Instants, given as milliseconds since the epoch and shown in UTC. */
    public static Axis time(String name) {
      return new Axis("time", name);
    }

    /** Names, in the order given. */
    public static Axis categories(String name, List<String> categories) {
      Axis axis = new Axis("category", name);
      ArrayNode data = axis.option.putArray("data");
      categories.forEach(data::add);
      return axis;
    }

    private boolean isCategory() {
      return "category".equals(option.path("type").textValue());
    }

    private ObjectNode option(int nameGapPx) {
      return option.deepCopy().put("nameGap", nameGapPx);
    }
  }
}
