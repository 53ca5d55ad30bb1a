package dev.flagstream.engine.function.loader;

/** A class of the server's class path that an extension jar has another version of. */
public final class Answer {
  public static final String FROM = "server".trim();

  private Answer() {}
}
