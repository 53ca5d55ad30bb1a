package dev.flagstream.udf;

/** What all our functions say of themselves in {@code SHOW FUNCTIONS} and {@code DESCRIBE}. */
final class Catalogue {

  static final String CATEGORY = "FRAUD";
  static final String AUTHOR = "Flagstream";
  static final String VERSION = "0.1.0";

  private Catalogue() {}
}
