package dev.flagstream.udf.model;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** What the functions of models have in common. Thread-safe once configured. */
final class ConfiguredModels {

  private final String function;
  private final FeatureRows rows = new FeatureRows();
  private volatile ModelDirectory directory;

  ConfiguredModels(String function) {
    this.function = function;
  }

  /** Reads and verifies the models; see {@link ModelDirectory#configured}. */
  void configure(Map<String, ?> properties) {
    directory = ModelDirectory.configured(function, properties);
  }

  ModelBundle get(String name) {
    ModelDirectory configured = directory;
    if (configured == null) {
      throw new IllegalStateException(function + " has not been configured with models");
    }
    return configured.get(name);
  }

  /** The raw score; null for a null name or features and in place of NaN. */
  Double score(String name, Struct features) {
    if (name == null || features == null) {
      return null;
    }
    ModelBundle model = get(name);
    return orNull(model.score(rows.of(model, features)));
  }

  /** The raw score; null for a null name or features and in place of NaN. */
  Double score(String name, Map<String, Double> features) {
    if (name == null || features == null) {
      return null;
    }
    ModelBundle model = get(name);
    return orNull(model.score(rows.of(model, features)));
  }

  /** The reasons, most moving first; null for a null name or features. */
  List<Struct> reasons(String name, Struct features, int limit) {
    if (name == null || features == null) {
      return null;
    }
    ModelBundle model = get(name);
    return Reason.mostMoving(model, rows.of(model, features), limit);
  }

  /** The reasons, most moving first; null for a null name or features. */
  List<Struct> reasons(String name, Map<String, Double> features, int limit) {
    if (name == null || features == null) {
      return null;
    }
    ModelBundle model = get(name);
    return Reason.mostMoving(model, rows.of(model, features), limit);
  }

  static Double orNull(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }
}
