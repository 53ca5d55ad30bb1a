package dev.flagstream.engine;

/** Something that ksqlDB has and this engine refuses, by name, rather than guess. */
public final class UnsupportedFeatureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final UnsupportedFeature feature;

  /** A refusal that says what to do instead. */
  public UnsupportedFeatureException(UnsupportedFeature feature) {
    this(feature, "");
  }

  /** The same with further sentences, which begin with a blank. */
  public UnsupportedFeatureException(UnsupportedFeature feature, String detail) {
    super(feature.words() + " is not supported by this engine. " + feature.advice() + detail);
    this.feature = feature;
  }

  /** What was refused. */
  public UnsupportedFeature feature() {
    return feature;
  }
}
