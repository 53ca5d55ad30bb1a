package dev.flagstream.local;

import java.nio.file.Path;

/** Where the libraries log. Has to be said before the first of them does. */
public final class LogFile {

  private LogFile() {}

  /** From now on warnings and errors go to this file; without this call they go nowhere. */
  public static void use(Path file) {
    System.setProperty("flagstream.log", file.toString());
    System.setProperty("flagstream.log.level", "warn");
  }
}
