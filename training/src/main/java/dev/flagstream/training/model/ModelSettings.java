package dev.flagstream.training.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One kind of model with its settings; written as JSON to the process that trains it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ForestSettings.class, name = "drf"),
  @JsonSubTypes.Type(value = LogisticSettings.class, name = "glm"),
  @JsonSubTypes.Type(value = BoostingSettings.class, name = "gbm"),
  @JsonSubTypes.Type(value = IsolationSettings.class, name = "isolationforest")
})
public sealed interface ModelSettings
    permits ForestSettings, LogisticSettings, BoostingSettings, IsolationSettings {

  /** The algorithm's name in a bundle's manifest. */
  @JsonIgnore
  String algorithm();

  /** How the model treats a missing value, in words. */
  @JsonIgnore
  String missing();

  /** Whether it learns from the labels. */
  @JsonIgnore
  default boolean supervised() {
    return true;
  }

  /** How much a fraud weighs against an honest transaction's 1. */
  double fraudWeight();
}
