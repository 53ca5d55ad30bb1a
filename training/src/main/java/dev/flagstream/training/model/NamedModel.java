package dev.flagstream.training.model;

import java.util.List;

/**
 * A model to train.
 *
 * @param name what SQL calls it; the name of its bundle's folder
 * @param settings what it is
 */
public record NamedModel(String name, ModelSettings settings) {

  /**
   * What {@code make train} trains unless told otherwise. Depth 12 and leaves of at least 5 rows
   * are better than H2O's defaults at a few frauds in a thousand, and make a forest that scores
   * faster and is small enough to ship.
   */
  public static List<NamedModel> defaults() {
    return List.of(
        new NamedModel("forest", new ForestSettings(80, 12, 5, -1, 0.632, 64, 1024, 1)),
        new NamedModel("logistic", new LogisticSettings(1e-5, 1)),
        new NamedModel("boosting", new BoostingSettings(120, 4, 10, 0.1, 0.8, 0.8, 4, 64, 1)),
        new NamedModel("isolation", new IsolationSettings(100, 256, 8)));
  }
}
