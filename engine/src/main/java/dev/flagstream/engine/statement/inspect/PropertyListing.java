package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.config.PropertyRules;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.entity.Entity.Property;
import dev.flagstream.engine.statement.request.ClientSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers SHOW PROPERTIES. */
public final class PropertyListing {

  private static final String KSQL_SCOPE = "KSQL";

  /** What clients commonly set for their statements; others may be set too. */
  private static final Set<String> EDITABLE =
      Set.of(
          "ksql.streams.auto.offset.reset",
          "ksql.streams.cache.max.bytes.buffering",
          "ksql.streams.statestore.cache.max.bytes",
          "ksql.streams.commit.interval.ms",
          "ksql.streams.max.task.idle.ms",
          "ksql.streams.buffered.records.per.partition");

  /** The settings of the REST server and of logging are no properties of SQL. */
  private static final List<String> NOT_LISTED =
      List.of(
          "ksql.server.",
          "ksql.heartbeat.",
          "ksql.lag.",
          "ksql.logging.",
          "ksql.max.push.queries",
          "ksql.idle.connection.timeout.seconds");

  private final EngineConfig config;
  private final PropertyRules rules;

  public PropertyListing(EngineConfig config, PropertyRules rules) {
    this.config = config;
    this.rules = rules;
  }

  Entity answer(String text, ClientSession session) {
    Map<String, String> overrides = session.properties();
    List<Property> properties = new ArrayList<>();
    listed().forEach((name, value) -> properties.add(property(name, value, overrides)));
    overrides.forEach(
        (name, value) -> {
          if (properties.stream().noneMatch(property -> property.name().equals(name))) {
            properties.add(new Property(name, KSQL_SCOPE, value, true, "SERVER"));
          }
        });
    List<String> overwritten = overrides.keySet().stream().sorted().toList();
    List<String> defaults =
        listed().keySet().stream()
            .filter(name -> !config.properties().containsKey(name))
            .filter(name -> !overrides.containsKey(name))
            .toList();
    return new Entity.Properties(text, properties, overwritten, defaults, List.of());
  }

  private Map<String, String> listed() {
    TreeMap<String, String> listed = new TreeMap<>(config.effectiveKsqlProperties());
    listed.keySet().removeIf(name -> NOT_LISTED.stream().anyMatch(name::startsWith));
    return listed;
  }

  private Property property(String name, String value, Map<String, String> overrides) {
    String shown = isSecret(name) ? "[hidden]" : overrides.getOrDefault(name, value);
    boolean ofQuery = PropertyRules.isOfQuery(name);
    return new Property(
        name,
        KSQL_SCOPE,
        shown,
        ofQuery || (EDITABLE.contains(name) && rules.isOverridable(name)),
        ofQuery ? "QUERY" : "SERVER");
  }

  /** What functions are set up with may be keys and passwords, and clients of all kinds ask. */
  private static boolean isSecret(String name) {
    return name.startsWith("ksql.functions.")
        || name.contains("password")
        || name.contains("secret")
        || name.contains("jaas");
  }
}
