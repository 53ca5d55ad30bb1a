package dev.flagstream.engine.statement.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Which properties a client may override, and with what values. */
public final class PropertyRules {

  private static final String STREAMS_PREFIX = "ksql.streams.";
  private static final List<String> CLIENT_PREFIXES =
      List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.");

  /** Properties that would lead a query elsewhere than where the server's own queries run. */
  private static final Set<String> NOT_OVERRIDABLE =
      Set.of(
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
          StreamsConfig.APPLICATION_ID_CONFIG,
          StreamsConfig.STATE_DIR_CONFIG,
          "ksql.service.id",
          "ksql.extension.dir");

  private static final Set<String> OF_QUERIES =
      Set.of("ksql.query.pull.table.scan.enabled", "ksql.cast.strings.preserve.nulls");

  private final Set<String> ksqlProperties;
  private final Set<String> denied;

  public PropertyRules(EngineConfig config) {
    Set<String> known = new HashSet<>(EngineConfig.knownNames());
    known.addAll(config.effectiveKsqlProperties().keySet());
    ksqlProperties = Set.copyOf(known);
    denied =
        config.deniedOverrides().stream()
            .map(PropertyRules::kafkaName)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Checks that the server leaves it to clients to set properties: {@code
   * ksql.properties.overrides.denylist} names those that it does not, with or without Kafka
   * Streams' prefix.
   *
   * @throws DeniedPropertiesException naming all that it keeps to itself
   */
  public void checkNotDenied(Collection<String> names) {
    List<String> prohibited =
        names.stream().filter(name -> denied.contains(kafkaName(name))).sorted().toList();
    if (!prohibited.isEmpty()) {
      throw new DeniedPropertiesException(prohibited);
    }
  }

  /**
   * Checks that a property exists at all.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void checkName(String name) {
    if (!name.startsWith("ksql.functions.")
        && !ksqlProperties.contains(name)
        && definition(name).isEmpty()) {
      throw new IllegalArgumentException(
          "Not recognizable as ksql, streams, consumer, or producer property: '%s'"
              .formatted(name));
    }
  }

  /**
   * Checks that a property may be set to a value.
   *
   * @throws IllegalArgumentException if not, in words for the client
   */
  public void check(String name, String value) {
    checkNotDenied(List.of(name));
    checkName(name);
    if (NOT_OVERRIDABLE.contains(kafkaName(name)) || NOT_OVERRIDABLE.contains(name)) {
      throw new IllegalArgumentException("Cannot override property '%s'".formatted(name));
    }
    try {
      checkValue(name, value);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void checkValue(String name, String value) {
    if (EngineConfig.isTruth(name)) {
      Object unused = ConfigDef.parseType(name, value, ConfigDef.Type.BOOLEAN);
    }
    String kafkaName = kafkaName(name);
    if (kafkaName.equals(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG) && value.equals("none")) {
      throw new ConfigException(
          kafkaName, value, "'none' is not valid for this property within KSQL");
    }
    definition(name)
        .ifPresent(
            key -> {
              Object parsed = ConfigDef.parseType(key.name, value, key.type);
              if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
              }
            });
  }

  /** Whether clients may override the property. */
  public boolean isOverridable(String name) {
    return definition(name).isPresent()
        && !NOT_OVERRIDABLE.contains(kafkaName(name))
        && !NOT_OVERRIDABLE.contains(name)
        && !denied.contains(kafkaName(name));
  }

  /** Whether the property belongs to a query rather than to the server. */
  public static boolean isOfQuery(String name) {
    return OF_QUERIES.contains(name);
  }

  /** What Kafka calls the property: ksqlDB's prefix is optional. */
  static String kafkaName(String name) {
    return name.startsWith(STREAMS_PREFIX) ? name.substring(STREAMS_PREFIX.length()) : name;
  }

  private static Optional<ConfigKey> definition(String name) {
    String kafkaName = kafkaName(name);
    for (String prefix : CLIENT_PREFIXES) {
      if (kafkaName.startsWith(prefix)) {
        return find(kafkaName.substring(prefix.length()));
      }
    }
    return find(kafkaName);
  }

  private static Optional<ConfigKey> find(String name) {
    return List.of(
            StreamsConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef())
        .stream()
        .map(ConfigDef::configKeys)
        .map((Map<String, ConfigKey> keys) -> keys.get(name))
        .filter(key -> key != null)
        .findFirst();
  }
}
