package dev.flagstream.engine.statement;

import java.util.LinkedHashMap;
import java.util.Map;

/** The properties and variables that hold for the statements of one request; one thread's own. */
final class ClientSession {

  private final PropertyRules rules;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  ClientSession(PropertyRules rules, StatementRequest request) {
    this.rules = rules;
    request.properties().forEach((name, value) -> properties.put(name, value.toString()));
    variables.putAll(request.variables());
  }

  /** A session that changes independently of this one. */
  ClientSession copy() {
    var copy = new ClientSession(rules, StatementRequest.of(""));
    copy.properties.putAll(properties);
    copy.variables.putAll(variables);
    return copy;
  }

  /** The overrides of properties as given. */
  Map<String, String> properties() {
    return new LinkedHashMap<>(properties);
  }

  /** What {@code ${name}} stands for. */
  Map<String, String> variables() {
    return new LinkedHashMap<>(variables);
  }

  /**
   * Checks every override.
   *
   * @throws IllegalArgumentException naming the first that is not allowed
   */
  void checkProperties() {
    properties.forEach(rules::check);
  }

  void set(String property, String value) {
    rules.check(property, value);
    properties.put(property, value);
  }

  void unset(String property) {
    properties.remove(property);
  }

  void define(String variable, String value) {
    variables.put(variable, value);
  }

  void undefine(String variable) {
    variables.remove(variable);
  }
}
