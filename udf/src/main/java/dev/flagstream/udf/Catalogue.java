package dev.flagstream.udf;

/** What all our functions say of themselves in {@code SHOW FUNCTIONS} and {@code DESCRIBE}. */
public final class Catalogue {

  public static final String CATEGORY = "FRAUD";
  public static final String AUTHOR = "Flagstream";
  public static final String VERSION = "0.1.0";

  private Catalogue() {}
}
