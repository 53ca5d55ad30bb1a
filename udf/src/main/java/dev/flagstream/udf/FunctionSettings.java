package dev.flagstream.udf;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one function, as ksqlDB hands them to {@code Configurable.configure}: a key is
 * looked up under the function's own name, {@code ksql.functions.<name>.<key>}, then among those of
 * all functions, {@code ksql.functions._global_.<key>}.
 */
public final class FunctionSettings {

  private static final String ALL_FUNCTIONS = "ksql.functions._global_.";

  private final String ownPrefix;
  private final Map<String, ?> properties;

  /**
   * Takes the properties of a function.
   *
   * @throws IllegalArgumentException for a property under the function's own name that it does not
   *     know: a misspelt threshold must not silently leave the default in force
   */
  public FunctionSettings(String functionName, Set<String> knownKeys, Map<String, ?> properties) {
    this.ownPrefix = "ksql.functions." + functionName + ".";
    this.properties = properties;
    refuseUnknownKeys(knownKeys);
  }

  private void refuseUnknownKeys(Set<String> knownKeys) {
    for (String property : properties.keySet()) {
      if (property.startsWith(ownPrefix)) {
        String key = property.substring(ownPrefix.length());
        if (!knownKeys.contains(key)) {
          throw new IllegalArgumentException(
              property + " is no setting of this function: " + suggestion(key, knownKeys));
        }
      }
    }
  }

  private String suggestion(String key, Set<String> knownKeys) {
    return NearMiss.closest(key, knownKeys)
        .map(closest -> "did you mean " + ownPrefix + closest + "?")
        .orElse("it has none");
  }

  /** The setting of a key, the function's own before that of all functions. */
  public Optional<Setting> find(String key) {
    return findOwn(key).or(() -> findGlobal(key));
  }

  public Optional<Setting> findOwn(String key) {
    return findProperty(ownPrefix + key);
  }

  public Optional<Setting> findGlobal(String key) {
    return findProperty(ALL_FUNCTIONS + key);
  }

  private Optional<Setting> findProperty(String property) {
    return Optional.ofNullable(properties.get(property))
        .map(value -> new Setting(property, value.toString()));
  }

  /** The full property name under the function's own name, for messages. */
  public String ownProperty(String key) {
    return ownPrefix + key;
  }

  /** A property that is set. */
  public record Setting(String property, String value) {

    /** The error for a value that cannot be used. Not for secrets: it shows the value. */
    public IllegalArgumentException invalid(String expectation) {
      return new IllegalArgumentException(property + " = " + value + ": " + expectation);
    }

    /** The error for a secret that cannot be used. */
    public IllegalArgumentException invalidSecret(String flaw) {
      return new IllegalArgumentException(property + ": " + flaw);
    }
  }
}
