package dev.flagstream.engine.statement.config;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoadException;
import dev.flagstream.engine.function.loader.FunctionLoader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's settings, under ksqlDB's own names, checked when they are read.
 *
 * @param properties what was set, defaults not filled in
 */
public record EngineConfig(Map<String, String> properties) {

  private static final String STREAMS_PREFIX = "ksql.streams.";
  private static final String WRAP_SINGLE_VALUES = "ksql.persistence.wrap.single.values";
  private static final Set<String> TRUTHS = Set.of("true", "false");
  private static final Logger LOG = LoggerFactory.getLogger(EngineConfig.class);

  /** Prefixes of settings for one kind of client, including those of plug-ins. */
  private static final List<String> CLIENT_PREFIXES =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.",
          "topic.");

  private static final Pattern SERVICE_ID = Pattern.compile("[A-Za-z0-9._-]*");

  /** The settings of ksqlDB that this engine acts on, with their defaults. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("ksql.service.id", "default_"),
          Map.entry("ksql.extension.dir", "ext"),
          Map.entry("ksql.cast.strings.preserve.nulls", "true"),
          Map.entry("ksql.persistence.default.format.key", "KAFKA"),
          Map.entry("ksql.output.topic.name.prefix", ""),
          Map.entry("ksql.internal.topic.replicas", "1"),
          Map.entry("ksql.hidden.topics", SystemTopics.DEFAULT_PATTERNS),
          Map.entry("ksql.readonly.topics", SystemTopics.DEFAULT_PATTERNS),
          Map.entry("ksql.insert.into.values.enabled", "true"),
          Map.entry("ksql.pull.queries.enable", "true"),
          Map.entry("ksql.query.pull.table.scan.enabled", "true"),
          Map.entry("ksql.variable.substitution.enable", "true"),
          Map.entry("ksql.query.persistent.active.limit", "2147483647"),
          Map.entry("ksql.max.push.queries", "100"),
          Map.entry("ksql.idle.connection.timeout.seconds", "86400"),
          Map.entry("ksql.server.command.response.timeout.ms", "5000"),
          Map.entry("ksql.assert.topic.default.timeout.ms", "1000"),
          Map.entry("ksql.properties.overrides.denylist", ""),
          Map.entry("ksql.connect.url", "http://localhost:8083"),
          Map.entry(ConnectCredentials.SOURCE, "NONE"),
          Map.entry(ConnectCredentials.RELOAD, "false"),
          Map.entry("ksql.heartbeat.enable", "false"),
          Map.entry("ksql.lag.reporting.enable", "false"),
          Map.entry("ksql.logging.processing.topic.auto.create", "false"),
          Map.entry("ksql.logging.processing.stream.auto.create", "false"),
          Map.entry("ksql.logging.processing.topic.partitions", "1"),
          Map.entry("ksql.logging.processing.topic.replication.factor", "1"),
          Map.entry("ksql.logging.processing.stream.name", "KSQL_PROCESSING_LOG"),
          Map.entry("ksql.logging.processing.rows.include", "false"));

  /** Those of them that are in force only if they are set. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          ConnectCredentials.FILE,
          "ksql.logging.processing.topic.name",
          "ksql.persistence.default.format.value",
          WRAP_SINGLE_VALUES);

  /** The defaults ksqlDB sets for Kafka Streams where they differ from Kafka's own. */
  private static final Map<String, String> STREAMS_DEFAULTS =
      Map.of(
          StreamsConfig.NUM_STREAM_THREADS_CONFIG,
          "4",
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          "2000",
          "cache.max.bytes.buffering",
          "10000000",
          StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG,
          "all",
          StreamsConfig.REPLICATION_FACTOR_CONFIG,
          "1");

  public EngineConfig {
    properties = Map.copyOf(properties);
  }

  /**
   * Checks the settings that can be checked without a broker.
   *
   * @throws ConfigurationException naming the first key that is missing or has a bad value
   */
  public static EngineConfig of(Map<String, String> properties) {
    EngineConfig config = new EngineConfig(properties);
    config.require("bootstrap.servers", "host:port of at least one Kafka broker");
    if (!SERVICE_ID.matcher(config.serviceId()).matches()) {
      throw new ConfigurationException(
          "ksql.service.id='%s': use letters, digits, '.', '_' and '-' only, as in a topic name"
              .formatted(config.serviceId()));
    }
    config.checkNames();
    DEFAULTS.forEach(config::checkLikeDefault);
    config.checkLikeDefault(WRAP_SINGLE_VALUES, "true");
    config.hiddenTopics();
    config.readOnlyTopics();
    config.connectUrl();
    config.connectCredentials();
    config.checkStreamsProperties();
    return config;
  }

  /** The value of a setting, or its default; empty if it has neither. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(properties.getOrDefault(key, DEFAULTS.get(key)));
  }

  public String bootstrapServers() {
    return properties.get("bootstrap.servers");
  }

  public String serviceId() {
    return string("ksql.service.id");
  }

  /** The directory that UDF jars are read from. */
  public Path extensionDirectory() {
    return Path.of(string("ksql.extension.dir"));
  }

  /**
   * The functions of the engine and of the jars that are now in the extension directory.
   *
   * @throws ConfigurationException naming the jar that cannot be loaded, and why
   */
  public FunctionCatalog loadFunctions() {
    try {
      return FunctionLoader.load(extensionDirectory());
    } catch (FunctionLoadException e) {
      throw new ConfigurationException(
          "ksql.extension.dir='%s': %s".formatted(extensionDirectory(), e.getMessage()), e);
    }
  }

  /** What every Kafka topic and consumer group of this service starts with. */
  public String internalPrefix() {
    return "_confluent-ksql-" + serviceId();
  }

  public String commandTopic() {
    return internalPrefix() + "_command_topic";
  }

  public short internalTopicReplicas() {
    return Short.parseShort(string("ksql.internal.topic.replicas"));
  }

  /** How long a request waits for its statement to be carried out before it answers. */
  public long commandResponseTimeoutMs() {
    return Long.parseLong(string("ksql.server.command.response.timeout.ms"));
  }

  /** How long ASSERT TOPIC waits where it does not say. */
  public Duration assertTopicTimeout() {
    return Duration.ofMillis(Long.parseLong(string("ksql.assert.topic.default.timeout.ms")));
  }

  /** The properties that clients may not set. */
  public List<String> deniedOverrides() {
    return Pattern.compile(",")
        .splitAsStream(string("ksql.properties.overrides.denylist"))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  public boolean insertValuesEnabled() {
    return flag("ksql.insert.into.values.enabled");
  }

  public boolean pullQueriesEnabled() {
    return flag("ksql.pull.queries.enable");
  }

  public boolean variableSubstitutionEnabled() {
    return flag("ksql.variable.substitution.enable");
  }

  public SystemTopics hiddenTopics() {
    return topics("ksql.hidden.topics");
  }

  public SystemTopics readOnlyTopics() {
    return topics("ksql.readonly.topics");
  }

  /** Where the Connect worker is that carries out statements about connectors. */
  public URI connectUrl() {
    String url = string("ksql.connect.url");
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new ConfigurationException(notConnectUrl(url), e);
    }
    throw new ConfigurationException(notConnectUrl(url));
  }

  /** The name and password for that worker. */
  public ConnectCredentials connectCredentials() {
    return ConnectCredentials.of(this);
  }

  private static String notConnectUrl(String url) {
    return "ksql.connect.url='%s': must be the address of a Connect worker, as in http://localhost:8083"
        .formatted(url);
  }

  /** The name of the topic that processing errors are written to. */
  public String processingLogTopic() {
    return get("ksql.logging.processing.topic.name").orElse(serviceId() + "ksql_processing_log");
  }

  /** True or false as set, or by default. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(string(key));
  }

  /** A whole number as set, or by default. */
  public int integer(String key) {
    return Integer.parseInt(string(key));
  }

  /** Properties for any Kafka client: connection and security settings as given. */
  public Map<String, Object> kafkaClientProperties() {
    TreeMap<String, Object> clients = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (AdminClientConfig.configNames().contains(key)
              || ProducerConfig.configNames().contains(key)
              || ConsumerConfig.configNames().contains(key)) {
            clients.put(key, value);
          }
        });
    return clients;
  }

  /** Properties for Kafka Streams: those of Kafka clients, ksqlDB's defaults, ksql.streams.*. */
  public Map<String, Object> streamsProperties() {
    TreeMap<String, Object> streams = new TreeMap<>(kafkaClientProperties());
    streams.putAll(STREAMS_DEFAULTS);
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(STREAMS_PREFIX)) {
            streams.put(key.substring(STREAMS_PREFIX.length()), value);
          }
        });
    return streams;
  }

  /** Every setting with its value as {@code SHOW PROPERTIES} lists it, in alphabetical order. */
  public Map<String, String> effectiveKsqlProperties() {
    TreeMap<String, String> effective = new TreeMap<>(DEFAULTS);
    STREAMS_DEFAULTS.forEach((key, value) -> effective.put(STREAMS_PREFIX + key, value));
    effective.put(STREAMS_PREFIX + "bootstrap.servers", bootstrapServers());
    properties.entrySet().stream()
        .filter(property -> property.getKey().startsWith("ksql."))
        .forEach(property -> effective.put(property.getKey(), property.getValue()));
    return effective;
  }

  private String string(String key) {
    return get(key).orElseThrow(() -> new IllegalStateException(key + " has no default"));
  }

  private SystemTopics topics(String key) {
    try {
      return SystemTopics.of(string(key));
    } catch (PatternSyntaxException e) {
      throw new ConfigurationException(
          "%s='%s': %s is no regular expression"
              .formatted(key, get(key).orElse(""), e.getPattern()),
          e);
    }
  }

  private void require(String key, String meaning) {
    if (properties.getOrDefault(key, "").isBlank()) {
      throw new ConfigurationException("%s is missing: set it to %s".formatted(key, meaning));
    }
  }

  /** A setting whose default is a number or a truth value must be one too. */
  private void checkLikeDefault(String key, String defaultValue) {
    String value = properties.get(key);
    if (value == null) {
      return;
    }
    if (TRUTHS.contains(defaultValue) && !TRUTHS.contains(value)) {
      throw new ConfigurationException("%s='%s': must be true or false".formatted(key, value));
    }
    if (defaultValue.matches("\\d+") && !value.matches("\\d{1,10}")) {
      throw new ConfigurationException("%s='%s': must be a whole number".formatted(key, value));
    }
  }

  /** Misspelt names are refused: what they were to set would silently not be set. */
  private void checkNames() {
    for (String key : new TreeSet<>(properties.keySet())) {
      if (key.startsWith(STREAMS_PREFIX)) {
        checkStreamsName(key);
      } else if (key.startsWith("ksql.") && !isKnown(key)) {
        misspelt(key)
            .ifPresent(
                near -> {
                  throw new ConfigurationException(
                      "%s is no setting. Did you mean %s?".formatted(key, near));
                });
        // ksqlDB has many more, for parts that are not here.
        LOG.warn("{} has no effect on this server", key);
      }
    }
  }

  /** The setting that differs by a slip in one of the words between the dots, if there is one. */
  private static Optional<String> misspelt(String key) {
    List<String> words = List.of(key.split("\\.", -1));
    return knownNames().stream()
        .filter(
            known -> {
              List<String> knownWords = List.of(known.split("\\.", -1));
              return words.size() == knownWords.size()
                  && IntStream.range(0, words.size())
                          .filter(i -> !words.get(i).equals(knownWords.get(i)))
                          .mapToObj(i -> NearMiss.of(words.get(i), List.of(knownWords.get(i))))
                          .map(near -> near.isPresent() ? 1 : 2)
                          .reduce(0, Integer::sum)
                      == 1;
            })
        .findFirst();
  }

  private static boolean isKnown(String key) {
    return knownNames().contains(key) || key.startsWith("ksql.functions.");
  }

  /** Whether a setting of ksqlDB that this engine acts on is either true or false. */
  static boolean isTruth(String name) {
    return name.equals(WRAP_SINGLE_VALUES) || TRUTHS.contains(DEFAULTS.getOrDefault(name, ""));
  }

  /** The settings of ksqlDB that this engine acts on, those without a default among them. */
  public static Set<String> knownNames() {
    TreeSet<String> names = new TreeSet<>(DEFAULTS.keySet());
    names.addAll(WITHOUT_DEFAULT);
    return names;
  }

  private static void checkStreamsName(String key) {
    String name = key.substring(STREAMS_PREFIX.length());
    for (String prefix : CLIENT_PREFIXES) {
      if (name.startsWith(prefix)) {
        return;
      }
    }
    Set<String> known = new TreeSet<>(StreamsConfig.configDef().names());
    known.addAll(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    known.add("cache.max.bytes.buffering");
    if (!known.contains(name)) {
      throw new ConfigurationException(
          "%s: Kafka Streams and its clients have no setting %s.%s"
              .formatted(
                  key,
                  name,
                  NearMiss.of(name, known)
                      .map(near -> " Did you mean %s%s?".formatted(STREAMS_PREFIX, near))
                      .orElse("")));
    }
  }

  private void checkStreamsProperties() {
    Map<String, Object> known =
        streamsProperties().entrySet().stream()
            .filter(property -> StreamsConfig.configDef().names().contains(property.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    try {
      known.put(StreamsConfig.APPLICATION_ID_CONFIG, "check");
      Map<String, Object> parsed = StreamsConfig.configDef().parse(known);
      if (parsed.isEmpty()) {
        throw new IllegalStateException("Kafka Streams knows no settings");
      }
    } catch (ConfigException e) {
      throw new ConfigurationException("ksql.streams.*: " + e.getMessage(), e);
    }
  }
}
