package dev.flagstream.local.settings;

import dev.flagstream.generator.producer.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where one local stack lives: its files, its data and its ports.
 *
 * @param home the project's root, which holds {@code ksql/}, {@code connect/} and {@code models/}
 * @param data everything the stack writes; kept across restarts
 * @param ports the four listeners
 * @param sqlOverrides properties of the SQL server which differ from the project's own
 * @param webhook where fraud alerts are posted; empty if nowhere
 * @param sqlStorePort of the database that decisions are stored in as rows, too; empty if there is
 *     none
 * @param lakeUrl where every record is stored in Parquet files, too: the path of a folder; empty if
 *     nowhere
 * @param elsewhere what is looked at on other machines instead; no part is started there
 */
public record StackSettings(
    Path home,
    Path data,
    Ports ports,
    Map<String, String> sqlOverrides,
    Optional<WebhookAddress> webhook,
    OptionalInt sqlStorePort,
    Optional<String> lakeUrl,
    Elsewhere elsewhere) {

  public StackSettings {
    home = home.toAbsolutePath().normalize();
    data = data.toAbsolutePath().normalize();
    Objects.requireNonNull(ports, "ports");
    sqlOverrides = Map.copyOf(sqlOverrides);
    Objects.requireNonNull(webhook, "webhook");
    Objects.requireNonNull(sqlStorePort, "sqlStorePort");
    Objects.requireNonNull(lakeUrl, "lakeUrl");
    Objects.requireNonNull(elsewhere, "elsewhere");
  }

  /** Settings that leave the SQL server's properties as they are, with MongoDB as the only sink. */
  public StackSettings(Path home, Path data, Ports ports) {
    this(
        home,
        data,
        ports,
        Map.of(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Elsewhere.NOTHING);
  }

  /** The same with fraud alerts posted to a webhook. */
  public StackSettings withWebhook(WebhookAddress address) {
    return new StackSettings(
        home, data, ports, sqlOverrides, Optional.of(address), sqlStorePort, lakeUrl, elsewhere);
  }

  /** The same with decisions as rows in PostgreSQL, too. */
  public StackSettings withSqlStore(int port) {
    return new StackSettings(
        home, data, ports, sqlOverrides, webhook, OptionalInt.of(port), lakeUrl, elsewhere);
  }

  /** The same with every record in a lake, too, in the folder {@link #lakeFolder}. */
  public StackSettings withLake() {
    return withLake(lakeFolder().toString());
  }

  /** The same with every record in a lake, too. */
  public StackSettings withLake(String url) {
    return new StackSettings(
        home, data, ports, sqlOverrides, webhook, sqlStorePort, Optional.of(url), elsewhere);
  }

  /** The same for a command that looks at parts on other machines. */
  public StackSettings with(Elsewhere others) {
    return new StackSettings(
        home, data, ports, sqlOverrides, webhook, sqlStorePort, lakeUrl, others);
  }

  /** How to reach the Kafka cluster, with a login if it asks for one. */
  public KafkaSettings kafka() {
    return elsewhere
        .kafka()
        .orElseGet(() -> KafkaSettings.of(Environment.LOOPBACK + ":" + ports.kafka()));
  }

  /** The Kafka clients' {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return kafka().bootstrapServers();
  }

  /** The address of the SQL server's REST API. */
  public String sqlUrl() {
    return "http://" + Environment.LOOPBACK + ":" + ports.sql();
  }

  /** The address of the Connect worker's REST API. */
  public String connectUrl() {
    return "http://" + Environment.LOOPBACK + ":" + ports.connect();
  }

  /** The store's address, for any MongoDB client. */
  public String mongoUri() {
    return elsewhere
        .mongoUri()
        .orElseGet(() -> "mongodb://" + Environment.LOOPBACK + ":" + ports.mongo());
  }

  /** The same for people: without a password, a user and options. */
  public String mongoAddress() {
    return mongoUri().replaceFirst("//[^@/]*@", "//").replaceFirst("/?\\?.*", "");
  }

  /** The database that decisions are stored in as rows; empty if there is none. */
  public Optional<SqlStoreAddress> sqlStore() {
    return sqlStorePort.isPresent()
        ? Optional.of(SqlStoreAddress.local(sqlStorePort.getAsInt()))
        : Optional.empty();
  }

  /** The SQL scripts, applied in the order of their numbers. */
  public Path scripts() {
    return home.resolve("ksql");
  }

  /** The sink configurations, one JSON file per connector. */
  public Path connectors() {
    return home.resolve("connect");
  }

  /** What is told to Prometheus of the MBeans of a JVM. */
  public Path jmxRules() {
    return home.resolve("monitoring/jmx.yml");
  }

  /** The trained models, each a directory of its name. */
  public Path models() {
    return home.resolve("models");
  }

  /** Kafka Connect's {@code plugin.path}. */
  public Path connectPlugins() {
    return home.resolve("connect/target/plugins");
  }

  /**
   * The plug-in of the sink to a SQL database: a part of {@code plugin.path} where there is one.
   */
  public Path sqlSinkPlugins() {
    return home.resolve("connect/target/plugins-sql");
  }

  /** The plug-in of the sink to a lake: a part of {@code plugin.path} where there is one. */
  public Path lakeSinkPlugins() {
    return home.resolve("connect/target/plugins-lake");
  }

  /** The local stack's own lake. */
  public Path lakeFolder() {
    return data.resolve("lake");
  }

  /** Where the build leaves PostgreSQL, if it was asked to fetch it. */
  public Path postgresqlBinaries() {
    return home.resolve("connect/target/postgresql");
  }

  /** The UDF jar as the build leaves it. */
  public Path builtUdfJar() {
    return home.resolve("udf/target/flagstream-udf.jar");
  }

  /** The SQL server's extension directory: UDF jars are deployed by copying them here. */
  public Path extensions() {
    return data.resolve("extensions");
  }

  /** The HMAC key behind CARD_TOKEN; made on the first start, never printed. */
  public Path cardTokenKey() {
    return data.resolve("secrets/card-token.key");
  }

  /** What signs the requests to the webhook; made on the first start with one, never printed. */
  public Path webhookSecret() {
    return data.resolve("secrets/webhook.secret");
  }

  /** Where the libraries log. */
  public Path logFile() {
    return data.resolve("logs/flagstream.log");
  }

  /** The last summary that {@code demo} wrote. */
  public Path summaryFile() {
    return data.resolve("summary.json");
  }
}
