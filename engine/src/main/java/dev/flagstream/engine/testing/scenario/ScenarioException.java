package dev.flagstream.engine.testing.scenario;

import java.nio.file.Path;

/** A scenario that cannot be run as it is written. */
public final class ScenarioException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ScenarioException(Path path, int line, String message) {
    super(path + ":" + line + ": " + message);
  }

  ScenarioException(Path path, int line, String message, Throwable cause) {
    super(path + ":" + line + ": " + message, cause);
  }
}
