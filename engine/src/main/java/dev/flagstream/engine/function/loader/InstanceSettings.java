package dev.flagstream.engine.function.loader;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.Configurable;

/** Hands a function instance the server properties that are meant for it. */
final class InstanceSettings {

  private static final String PREFIX = "ksql.functions.";
  private static final String GLOBAL = PREFIX + "_global_.";

  private InstanceSettings() {}

  /** Configures an instance that asks for it, with the full keys, as ksqlDB does. */
  static void configure(Object instance, String functionName, Map<String, ?> properties) {
    if (instance instanceof Configurable configurable) {
      configurable.configure(of(functionName, properties));
    }
  }

  private static Map<String, Object> of(String functionName, Map<String, ?> properties) {
    String own = PREFIX + functionName.toLowerCase(Locale.ROOT) + ".";
    Map<String, Object> settings = new HashMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(own) || key.startsWith(GLOBAL)) {
            settings.put(key, value);
          }
        });
    return settings;
  }
}
