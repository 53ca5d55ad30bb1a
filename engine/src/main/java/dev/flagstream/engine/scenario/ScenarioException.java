package dev.flagstream.engine.scenario;

import java.nio.file.Path;

/** A scenario that cannot be run as it is written; the message says in which line and why. */
public final class ScenarioException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String reason;

  ScenarioException(Path path, int line, String reason) {
    this(path, line, reason, null);
  }

  ScenarioException(Path path, int line, String reason, Throwable cause) {
    super(path + ":" + line + ": " + reason, cause);
    this.reason = String.valueOf(reason);
  }

  /** Why, without the place. */
  String reason() {
    return reason;
  }
}
