package dev.flagstream.local.connect;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Answers {@code ${env:NAME}} in connector files from the worker's own settings.
 *
 * <p>In a container Kafka's EnvVarConfigProvider reads the environment; a process that hosts the
 * whole stack has no environment of its own for each part.
 */
public final class WorkerEnvironment implements ConfigProvider {

  private Map<String, String> variables = Map.of();

  @Override
  public void configure(Map<String, ?> configs) {
    variables =
        configs.entrySet().stream()
            .collect(
                toUnmodifiableMap(Map.Entry::getKey, entry -> Objects.toString(entry.getValue())));
  }

  @Override
  public ConfigData get(String path) {
    return new ConfigData(variables);
  }

  @Override
  public ConfigData get(String path, Set<String> keys) {
    return new ConfigData(
        variables.entrySet().stream()
            .filter(variable -> keys.contains(variable.getKey()))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public void close() {}
}
