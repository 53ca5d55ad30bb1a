package dev.flagstream.engine;

/** Something that ksqlDB has and this engine refuses, by name, rather than guess. */
public final class UnsupportedFeatureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final UnsupportedFeature feature;

  /** A refusal that says what to do instead. */
  public UnsupportedFeatureException(UnsupportedFeature feature) {
    super(feature.words() + " is not supported by this engine. " + feature.advice());
    this.feature = feature;
  }

  /** What was refused. */
  public UnsupportedFeature feature() {
    return feature;
  }
}
