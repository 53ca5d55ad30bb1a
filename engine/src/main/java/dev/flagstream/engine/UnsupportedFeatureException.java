package dev.flagstream.engine;

import static java.util.Objects.requireNonNull;

/** Something that ksqlDB has and this engine refuses, by name, rather than guess. */
public final class UnsupportedFeatureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String feature;

  /** The feature in ksqlDB's words, such as {@code SHOW SINK CONNECTORS}. */
  public UnsupportedFeatureException(String feature) {
    super(requireNonNull(feature, "feature") + " is not supported by this engine.");
    this.feature = feature;
  }

  /** The refused feature and what to do instead. */
  public UnsupportedFeatureException(String feature, String advice) {
    super(requireNonNull(feature, "feature") + " is not supported by this engine. " + advice);
    this.feature = feature;
  }

  /** The name of what was refused. */
  public String feature() {
    return feature;
  }
}
