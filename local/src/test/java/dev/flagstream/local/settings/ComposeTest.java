package dev.flagstream.local.settings;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.local.command.ApplyCommand;
import dev.flagstream.local.command.DashboardCommand;
import dev.flagstream.local.command.MetricsCommand;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.sql.SqlScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** Holds docker-compose.yml to what the local stack uses, setting by setting. */
class ComposeTest {

  private static final Path HOME = Path.of("..");
  private static final StackSettings LOCAL =
      new StackSettings(HOME, Path.of("data"), Ports.DEFAULT);

  private static Map<String, Map<String, Object>> services;

  @BeforeAll
  static void readTheComposeFile() throws IOException {
    services = read("docker-compose.yml");
  }

  private static Map<String, Map<String, Object>> read(String file) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> read = yaml.load(Files.readString(HOME.resolve(file)));
    return mapOfMaps(read.get("services"));
  }

  @Test
  void brokerHasTheSameSettings() {
    // Addresses, and what is frugal on a laptop.
    Set<String> different =
        Set.of(
            "controller.quorum.voters",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "log.dirs",
            // The image's: no property of the broker.
            "heap.opts",
            "opts",
            "log.cleaner.dedupe.buffer.size",
            "log.cleaner.threads",
            "num.network.threads",
            "num.io.threads",
            "background.threads");

    assertThat(without(different, properties("kafka", "KAFKA_")))
        .isEqualTo(without(different, ComponentProperties.broker(LOCAL, 1)));
  }

  @Test
  void sqlServerHasTheSameSettings() {
    // Addresses; and of the local machine only, how many threads and commits two cores are given.
    Set<String> different =
        Set.of(
            "bootstrap.servers",
            "listeners",
            "ksql.streams.num.stream.threads",
            "ksql.connect.url",
            "ksql.extension.dir",
            "ksql.streams.state.dir",
            "ksql.functions.card_token.key.file",
            "ksql.functions._global_.model.dir",
            // What several servers need.
            "ksql.advertised.listener",
            "ksql.heartbeat.enable",
            "ksql.lag.reporting.enable",
            "ksql.query.pull.enable.standby.reads",
            "ksql.streams.num.standby.replicas");
    Set<String> onlyHere = Set.of("ksql.streams.commit.interval.ms");
    Map<String, String> compose = properties("ksqldb-server", "KSQL_");
    compose.putAll(systemProperties(compose.remove("opts")));
    // Of the image: its heap, and its log appender, which the local server does not need.
    compose.keySet().removeAll(Set.of("heap.opts"));
    compose.keySet().removeIf(property -> property.startsWith("log4j."));

    assertThat(without(different, compose))
        .isEqualTo(without(onlyHere, without(different, ComponentProperties.sqlServer(LOCAL))));
    assertThat(compose.keySet()).containsAll(different);
  }

  @Test
  void processingLogOfTheImageGoesToTheTopicThatTheServerReads() {
    Map<String, String> compose = environment("ksqldb-server");

    assertThat(compose.get("KSQL_LOG4J_PROCESSING_LOG_TOPIC"))
        .isEqualTo(compose.get("KSQL_KSQL_LOGGING_PROCESSING_TOPIC_NAME"));
  }

  @Test
  void connectWorkerHasTheSameSettings() {
    Set<String> different =
        Set.of(
            "bootstrap.servers",
            "listeners",
            "rest.advertised.host.name",
            "plugin.path",
            "config.providers.env.class",
            "config.providers.env.param.MONGODB_URI",
            "config.providers.env.param.WEBHOOK_URL",
            "config.providers.env.param.WEBHOOK_CA_FILE",
            "config.providers.env.param.WEBHOOK_SECRET_FILE",
            // Where it is, and how long rows wait.
            "config.providers.env.param.LAKE_URL",
            "config.providers.env.param.LAKE_FLUSH_MS",
            "config.providers.env.param.SQL_STORE_URL",
            "config.providers.env.param.SQL_STORE_USER",
            "config.providers.env.param.SQL_STORE_PASSWORD");

    assertThat(without(different, properties("connect", "CONNECT_")))
        .isEqualTo(without(different, ComponentProperties.connectWorker(LOCAL)));
  }

  @Test
  void connectorFilesFindTheirStoreInBothPlaces() throws IOException {
    assertThat(environment("connect").get("MONGODB_URI"))
        .startsWith("mongodb://sink:${MONGO_SINK_PASSWORD:-}@mongodb:27017/");
    assertThat(ComponentProperties.connectWorker(LOCAL))
        .containsKey("config.providers.env.param.MONGODB_URI");
    for (Map<String, String> connector : connectors().values()) {
      assertThat(connector.get("connection.uri")).isEqualTo("${env:MONGODB_URI}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "docker-compose.yml, connect, sink",
    "docker-compose.yml, connect-more, sink",
    "docker-compose.yml, collections, schema",
    "docker-compose.yml, dashboard, reader",
    "docker-compose.yml, metrics, reader",
    "deploy/mongodb-replica-set.yml, connect, sink",
    "deploy/mongodb-replica-set.yml, connect-more, sink",
    "deploy/mongodb-replica-set.yml, collections, schema",
    "deploy/mongodb-replica-set.yml, dashboard, reader",
    "deploy/mongodb-replica-set.yml, metrics, reader"
  })
  void asksMongodbAsTheUserWhoMayDoNoMore(String file, String service, String user)
      throws IOException {
    String text = read(file).get(service).toString();

    assertThat(Pattern.compile("mongodb://([^@ ]*)@").matcher(text).results())
        .extracting(match -> match.group(1))
        .containsExactly(user + ":${MONGO_" + user.toUpperCase(Locale.ROOT) + "_PASSWORD:-}");
    assertThat(Pattern.compile("mongodb://(?![^@ ]*@)").matcher(text).find())
        .as("an address without a user")
        .isFalse();
  }

  @Test
  void onlyWhatMakesTheUsersOfMongodbHasAllPasswords() {
    assertThat(services.get("mongodb").get("command")).asString().contains("--auth");
    assertThat(services.keySet())
        .filteredOn(
            service ->
                String.valueOf(services.get(service).get("volumes"))
                    .contains("./data/cluster/mongodb:"))
        .containsExactly("mongodb-users");
    // From the server's own machine, as far as the server can tell.
    assertThat(services.get("mongodb-users"))
        .containsEntry("network_mode", "service:mongodb")
        .containsEntry("restart", "no");
    for (String service : List.of("connect", "collections", "dashboard", "metrics")) {
      assertThat(services.get(service).get("depends_on"))
          .asString()
          .as(service)
          .contains("mongodb-users={condition=service_completed_successfully}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kafka, KAFKA_PORT, 9092",
    "ksqldb-server, SQL_PORT, 8088",
    "connect, CONNECT_PORT, 8083",
    "mongodb, MONGO_PORT, 27017",
    "dashboard, DASHBOARD_PORT, 8080",
    "prometheus, PROMETHEUS_PORT, 9090",
    "grafana, GRAFANA_PORT, 3000",
    "mysql, SQL_STORE_PORT, 3306",
    "minio, LAKE_PORT, 9000"
  })
  void publishesTheDefaultPortOnLoopbackOnly(String service, String variable, int port) {
    assertThat(services.get(service).get("ports"))
        .isEqualTo(List.of("127.0.0.1:${" + variable + ":-" + port + "}:" + port));
  }

  @Test
  void publishesNoOtherPort() {
    assertThat(services.entrySet())
        .filteredOn(service -> service.getValue().containsKey("ports"))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "kafka",
            "ksqldb-server",
            "connect",
            "mongodb",
            "dashboard",
            "prometheus",
            "grafana",
            "mysql",
            "minio");
  }

  @Test
  void storesRowsInADatabaseWithThePasswordThatItWasMadeWith() throws IOException {
    assertThat(services.get("mysql")).containsEntry("profiles", List.of("mysql"));
    assertThat(environment("connect"))
        .containsEntry(
            "SQL_STORE_URL",
            "jdbc:mysql://mysql:3306/" + environment("mysql").get("MYSQL_DATABASE"))
        .containsEntry("SQL_STORE_USER", environment("mysql").get("MYSQL_USER"));
    assertThat(volumes("mysql"))
        .contains("./connect/sql/mysql.sql:/docker-entrypoint-initdb.d/decisions.sql:ro");
    String script = Files.readString(HOME.resolve("connect/cluster.sh"));
    assertThat(script).contains("ROWS_PLUGINS=,/opt/flagstream/plugins-sql");
    assertThat(volumes("connect"))
        .contains("./connect/target/plugins-sql:/opt/flagstream/plugins-sql:ro");
    for (String names : List.of("URL", "USER", "PASSWORD")) {
      assertThat(ComponentProperties.connectWorker(LOCAL))
          .containsKey("config.providers.env.param.SQL_STORE_" + names);
      assertThat(environment("connect")).containsKey("SQL_STORE_" + names);
    }
  }

  @Test
  void keepsTheLakeInABucketWithTheCredentialsThatWereMadeForIt() throws IOException {
    for (String service : List.of("minio", "lake-bucket")) {
      assertThat(services.get(service))
          .containsEntry("profiles", List.of("lake"))
          .containsEntry("read_only", true)
          .containsEntry("cap_drop", List.of("ALL"))
          .containsEntry("security_opt", List.of("no-new-privileges:true"));
    }
    assertThat(services.get("lake-bucket").get("image"))
        .isEqualTo(services.get("minio").get("image"));
    assertThat(services.get("lake-bucket").get("entrypoint"))
        .isEqualTo(List.of("mc", "mb", "--ignore-existing", "lake/flagstream"));
    assertThat(environment("connect"))
        .containsEntry("LAKE_URL", "s3://flagstream/lake?endpoint=http://minio:9000")
        .containsEntry("AWS_SHARED_CREDENTIALS_FILE", "/run/flagstream-lake/credentials");
    assertThat(volumes("connect"))
        .contains(
            "./data/cluster/lake:/run/flagstream-lake:ro",
            "./connect/target/plugins-lake:/opt/flagstream/plugins-lake:ro");
    assertThat(volumes("minio")).contains("./data/cluster/lake:/run/flagstream:ro");
    assertThat(environment("minio"))
        .containsEntry("MINIO_CONFIG_ENV_FILE", "/run/flagstream/minio.env");
    assertThat(Files.readString(HOME.resolve("connect/cluster.sh")))
        .contains("LAKE_PLUGINS=,/opt/flagstream/plugins-lake");
    for (String name : List.of("LAKE_URL", "LAKE_FLUSH_MS")) {
      assertThat(ComponentProperties.connectWorker(LOCAL))
          .containsKey("config.providers.env.param." + name);
      assertThat(environment("connect")).containsKey(name);
    }
  }

  @Test
  void hasTheDefaultPortsOfTheLocalStack() {
    StackOptions options = new StackOptions();
    new CommandLine(options).parseArgs();

    assertThat(options.settings().ports()).isEqualTo(Ports.DEFAULT);
  }

  @Test
  void pinsEveryImageAndLimitsEveryMemory() {
    services.forEach(
        (name, service) -> {
          assertThat((String) service.get("image"))
              .as("image of %s", name)
              .matches(".+:.*[0-9].*")
              .doesNotContain("latest");
          assertThat(service).as("service %s", name).containsKey("mem_limit");
        });
  }

  @Test
  void checksTheHealthOfEverythingThatServes() {
    for (String service :
        List.of(
            "kafka",
            "mongodb",
            "ksqldb-server",
            "connect",
            "dashboard",
            "prometheus",
            "grafana",
            "mysql",
            "minio")) {
      assertThat(services.get(service)).as(service).containsKey("healthcheck");
    }
  }

  @Test
  void mountsTheScriptsTheConnectorsAndTheExtensionDirectoryReadOnly() {
    assertThat(volumes("ksql-scripts"))
        .containsExactly("./local/target:/opt/flagstream/local:ro", "./ksql:/ksql:ro");
    assertThat(volumes("connectors")).contains("./connect:/connect:ro");
    assertThat(volumes("ksqldb-server"))
        .anyMatch(
            volume ->
                volume.endsWith(
                    ":" + environment("ksqldb-server").get("KSQL_KSQL_EXTENSION_DIR") + ":ro"));
    assertThat(volumes("ksqldb-server")).contains("./models:/opt/flagstream/models:ro");
    assertThat(environment("ksqldb-server").get("KSQL_OPTS"))
        .contains("-Dksql.functions._global_.model.dir=${MODEL_DIR:-/opt/flagstream/models} ");
  }

  @Test
  void appliesTheScriptsByTheCommandThatSeesARefusal() {
    String[] command =
        ((List<?>) services.get("ksql-scripts").get("entrypoint")).toArray(String[]::new);

    assertThat(command).startsWith("java", "-jar", "/opt/flagstream/local/flagstream-local.jar");
    CommandLine.ParseResult parsed =
        new CommandLine(new ApplyCommand())
            .parseArgs(Arrays.copyOfRange(command, 4, command.length));
    assertThat(command[3]).isEqualTo("apply");
    assertThat(parsed.matchedOptionValue("--server", ""))
        .isEqualTo(environment("ksqldb-server").get("KSQL_KSQL_ADVERTISED_LISTENER"));
    assertThat(parsed.matchedOptionValue("--scripts", Path.of(""))).isEqualTo(Path.of("/ksql"));
  }

  @Test
  void servesTheDashboardReadOnlyByACommandThatExists() {
    Map<String, Object> dashboard = services.get("dashboard");
    List<String> words =
        ((List<?>) dashboard.get("entrypoint")).stream().map(String::valueOf).toList();
    int command = words.indexOf("dashboard");

    assertThat(words.subList(command - 2, command))
        .containsExactly("-jar", "/opt/flagstream/local/flagstream-local.jar");
    CommandLine.ParseResult parsed =
        new CommandLine(new DashboardCommand())
            .parseArgs(words.subList(command + 1, words.size()).toArray(String[]::new));
    assertThat(parsed.matchedOptionValue("--sql-url", ""))
        .isEqualTo(environment("ksqldb-server").get("KSQL_KSQL_ADVERTISED_LISTENER"));
    assertThat(parsed.matchedOptionValue("--dashboard-port", 0)).isEqualTo(8080);
    assertThat(parsed.hasMatchedOption("--verdicts")).isFalse();
    assertThat(dashboard.get("volumes"))
        .asString()
        .contains("./models:" + parsed.matchedOptionValue("--home", Path.of("")) + "/models:ro");
    assertThat(dashboard)
        .containsEntry("read_only", true)
        .containsEntry("cap_drop", List.of("ALL"));
    assertThat(dashboard.get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
  }

  @Test
  void monitoringIsAProfileOfItsOwnThatAsksTheOthers() {
    assertThat(services.entrySet())
        .filteredOn(service -> List.of("monitoring").equals(service.getValue().get("profiles")))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("metrics", "prometheus", "grafana");
    String[] command = ((List<?>) services.get("metrics").get("entrypoint")).toArray(String[]::new);
    int options = Arrays.asList(command).indexOf("metrics") + 1;
    CommandLine.ParseResult parsed =
        new CommandLine(new MetricsCommand())
            .parseArgs(Arrays.copyOfRange(command, options, command.length));

    assertThat(parsed.matchedOptionValue("--bootstrap-servers", ""))
        .isEqualTo(environment("connect").get("CONNECT_BOOTSTRAP_SERVERS"));
    assertThat(parsed.matchedOptionValue("--sql-url", ""))
        .isEqualTo(environment("ksqldb-server").get("KSQL_KSQL_ADVERTISED_LISTENER"));
    assertThat(parsed.matchedOptionValue("--connect-url", ""))
        .isEqualTo(environment("ksqldb-server").get("KSQL_KSQL_CONNECT_URL"));
    assertThat(environment("metrics")).isEqualTo(environment("dashboard"));
    assertThat(volumes("metrics"))
        .contains(
            "./monitoring:" + parsed.matchedOptionValue("--home", Path.of("")) + "/monitoring:ro");
  }

  @Test
  void everyJvmThatPrometheusAsksCanLoadTheAgent() throws IOException {
    String script = Files.readString(HOME.resolve("connect/cluster.sh"));
    String agent = script.replaceAll("(?s).*JMX_AGENT=-javaagent:(\\S+)\\n.*", "$1");
    assertThat(agent).matches("\\S+\\.jar=9404:\\S+/jmx.yml");
    String jar = agent.replaceFirst("=.*", "");
    String rules = agent.replaceFirst(".*:", "");

    Map.of(
            "kafka", "KAFKA_OPTS",
            "ksqldb-server", "KSQL_OPTS",
            "ksqldb-server-more", "KSQL_OPTS",
            "connect", "KAFKA_OPTS",
            "connect-more", "KAFKA_OPTS")
        .forEach(
            (service, variable) -> {
              assertThat(environment(service).get(variable)).as(service).endsWith("${JMX_AGENT:-}");
              for (String file : List.of(jar, rules)) {
                assertThat(volumes(service))
                    .as("%s of %s", file, service)
                    .anyMatch(volume -> file.startsWith(volume.split(":", -1)[1] + "/"));
              }
            });
    assertThat(services.get("kafka").get("healthcheck").toString())
        .as("a JVM beside the broker's")
        .contains("KAFKA_OPTS='' ");
  }

  @Test
  void everyTopicOfTheScriptsIsKeptAsLongAsTheGeneratorsAre() throws IOException {
    Pattern with =
        Pattern.compile("WITH \\(\\s*KAFKA_TOPIC[^;]*?\\)(?= AS SELECT|;)", Pattern.DOTALL);
    List<String> declarations = with.matcher(scripts()).results().map(MatchResult::group).toList();

    assertThat(declarations).hasSizeGreaterThan(10);
    // A topic that a statement makes: one with its number of partitions, or a query's own. The
    // three
    // tables write to topics which the streams before them have made, and the processing log's is
    // the server's.
    assertThat(declarations)
        .filteredOn(each -> each.contains("PARTITIONS") && !each.contains("ksql_processing_log"))
        .hasSize(6)
        .allMatch(each -> each.contains("RETENTION_MS = " + TransactionTopic.RETENTION_MS));
    assertThat(declarations)
        .filteredOn(each -> !each.contains("RETENTION_MS"))
        .extracting(each -> each.replaceAll("(?s).*KAFKA_TOPIC\\s*=\\s*'([^']+)'.*", "$1"))
        .containsExactlyInAnyOrder(
            Environment.INPUT_TOPIC,
            "card_features",
            "merchant_features",
            "card_incidents",
            "ksql_processing_log");
  }

  @Test
  void sinksReadTheTopicsThatTheScriptsWrite() throws IOException {
    Pattern written = Pattern.compile("KAFKA_TOPIC\\s*=\\s*'([^']+)'");
    List<String> topics =
        written.matcher(scripts()).results().map(match -> match.group(1)).toList();

    assertThat(topics)
        .contains(
            Environment.INPUT_TOPIC,
            Environment.SCORED_TOPIC,
            Environment.REJECTED_TOPIC,
            Environment.FLAGGED_TOPIC);
    for (Map<String, String> connector : connectors().values()) {
      assertThat(topics).contains(connector.get("topics"));
      assertThat(connector)
          .containsEntry("collection", connector.get("topics"))
          .containsEntry("database", Environment.DATABASE)
          .containsEntry("errors.deadletterqueue.topic.name", "dlq_" + connector.get("topics"));
    }
  }

  @Test
  void generatorWritesToTheBrokerOfTheStackAtTheTimeOfNow() {
    assertThat(services.get("generator").get("command"))
        .isEqualTo(
            List.of(
                "--bootstrap-servers=" + environment("connect").get("CONNECT_BOOTSTRAP_SERVERS"),
                "--rate=${RATE:-200}",
                "--warm-up=${WARM_UP:-5m}",
                "--seed=${SEED:-42}",
                "--clock=live",
                "--catch-up=1m"));
  }

  /** The image's rule: a dot for an underscore, an underscore for two, a dash for three. */
  private static Map<String, String> properties(String service, String prefix) {
    TreeMap<String, String> properties = new TreeMap<>();
    environment(service)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(prefix)) {
                properties.put(
                    variable
                        .substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .replace("___", "-")
                        .replace("__", "\u0000")
                        .replace('_', '.')
                        .replace('\u0000', '_'),
                    value);
              }
            });
    return properties;
  }

  private static Map<String, String> systemProperties(String options) {
    return Pattern.compile("-D(\\S+?)=(\\S+)")
        .matcher(options)
        .results()
        .collect(toMap(match -> match.group(1), match -> match.group(2)));
  }

  private static Map<String, String> without(Set<String> names, Map<String, String> properties) {
    TreeMap<String, String> rest = new TreeMap<>(properties);
    rest.keySet().removeAll(names);
    return rest;
  }

  private static Map<String, String> environment(String service) {
    TreeMap<String, String> environment = new TreeMap<>();
    ((Map<?, ?>) services.get(service).get("environment"))
        .forEach((name, value) -> environment.put((String) name, String.valueOf(value)));
    return environment;
  }

  private static List<String> volumes(String service) {
    return ((List<?>) services.get(service).get("volumes")).stream().map(String::valueOf).toList();
  }

  private static String scripts() throws IOException {
    StringBuilder scripts = new StringBuilder();
    for (Path file : SqlScripts.in(LOCAL.scripts()).files()) {
      scripts.append(Files.readString(file));
    }
    return scripts.toString();
  }

  private static Map<String, Map<String, String>> connectors() throws IOException {
    TreeMap<String, Map<String, String>> connectors = new TreeMap<>();
    for (Map.Entry<String, String> file : ConnectorFiles.read(LOCAL.connectors()).entrySet()) {
      connectors.put(
          file.getKey(), new ObjectMapper().readValue(file.getValue(), new TypeReference<>() {}));
    }
    return connectors;
  }

  private static Map<String, Map<String, Object>> mapOfMaps(Object yaml) {
    TreeMap<String, Map<String, Object>> result = new TreeMap<>();
    ((Map<?, ?>) yaml)
        .forEach(
            (name, service) -> {
              TreeMap<String, Object> entries = new TreeMap<>();
              ((Map<?, ?>) service).forEach((key, value) -> entries.put((String) key, value));
              result.put((String) name, entries);
            });
    return result;
  }
}
