package dev.flagstream.engine.statement.config;

import java.util.List;

/** A client sets properties that the server has reserved for itself. */
public final class DeniedPropertiesException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  DeniedPropertiesException(List<String> names) {
    super(
        "One or more properties overrides set locally are prohibited by the KSQL server (use UNSET"
            + " to reset their default value): "
            + names);
  }
}
