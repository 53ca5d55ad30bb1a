package dev.flagstream.udf.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of models that can score, as H2O and the manifest name them. */
public enum Algorithm {
  RANDOM_FOREST("drf"),
  BOOSTING("gbm"),
  LOGISTIC_REGRESSION("glm"),
  ISOLATION_FOREST("isolationforest");

  private final String id;

  Algorithm(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /**
   * The algorithm of an id.
   *
   * @throws IllegalArgumentException naming those there are
   */
  static Algorithm of(String id) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    id
                        + " is not supported, only "
                        + Arrays.stream(values())
                            .map(Algorithm::id)
                            .collect(Collectors.joining(", "))));
  }
}
