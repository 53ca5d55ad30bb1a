package dev.flagstream.engine.planner.with;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a statement is planned under besides its text.
 *
 * @param properties the server's properties, overlaid with those the user SET
 */
public record Session(Map<String, String> properties) {

  /** Nothing configured. */
  public static final Session DEFAULT = new Session(Map.of());

  public Session {
    properties = Map.copyOf(properties);
  }

  /** This session after SET; values replace those of the same name. */
  public Session with(Map<String, String> overrides) {
    Map<String, String> merged = new HashMap<>(properties);
    merged.putAll(overrides);
    return new Session(merged);
  }

  /** The property's value, if it is set. */
  public Optional<String> property(String name) {
    return Optional.ofNullable(properties.get(name));
  }
}
