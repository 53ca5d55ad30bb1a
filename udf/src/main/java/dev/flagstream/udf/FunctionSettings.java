package dev.flagstream.udf;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one function, as ksqlDB hands them to {@code Configurable.configure}: a key is
 * looked up under the function's own name, {@code ksql.functions.<name>.<key>}, then among those of
 * all functions, {@code ksql.functions._global_.<key>}.
 */
final class FunctionSettings {

  private static final String ALL_FUNCTIONS = "ksql.functions._global_.";

  private final String ownPrefix;
  private final Map<String, ?> properties;

  /**
   * Takes the properties of a function.
   *
   * @throws IllegalArgumentException for a property under the function's own name that it does not
   *     know: a misspelt threshold must not silently leave the default in force
   */
  FunctionSettings(String functionName, Set<String> knownKeys, Map<String, ?> properties) {
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
    return knownKeys.stream()
        .min(
            Comparator.comparingInt((String known) -> edits(key, known))
                .thenComparing(known -> known))
        .map(closest -> "did you mean " + ownPrefix + closest + "?")
        .orElse("it has none");
  }

  /** How many letters must be inserted, removed or replaced to turn one word into the other. */
  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int insertedOrRemoved = Math.min(previous[column], current[column - 1]) + 1;
        current[column] = Math.min(previous[column - 1] + replaced, insertedOrRemoved);
      }
      previous = current;
    }
    return previous[to.length()];
  }

  /** The setting of a key, the function's own before that of all functions. */
  Optional<Setting> find(String key) {
    return findOwn(key).or(() -> findGlobal(key));
  }

  Optional<Setting> findOwn(String key) {
    return findProperty(ownPrefix + key);
  }

  Optional<Setting> findGlobal(String key) {
    return findProperty(ALL_FUNCTIONS + key);
  }

  private Optional<Setting> findProperty(String property) {
    return Optional.ofNullable(properties.get(property))
        .map(value -> new Setting(property, value.toString()));
  }

  /** The full property name under the function's own name, for messages. */
  String ownProperty(String key) {
    return ownPrefix + key;
  }

  /** A property that is set. */
  record Setting(String property, String value) {

    /** The error for a value that cannot be used. Not for secrets: it shows the value. */
    IllegalArgumentException invalid(String expectation) {
      return new IllegalArgumentException(property + " = " + value + ": " + expectation);
    }

    /** The error for a secret that cannot be used. */
    IllegalArgumentException invalidSecret(String flaw) {
      return new IllegalArgumentException(property + ": " + flaw);
    }
  }
}
