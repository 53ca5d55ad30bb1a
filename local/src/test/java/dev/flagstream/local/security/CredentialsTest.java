package dev.flagstream.local.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.flagstream.client.SqlClient;
import dev.flagstream.engine.server.SqlServer;
import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.local.FlagstreamCommand;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.GuardedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.apache.kafka.connect.errors.ConnectException;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * Every part with a right and a wrong credential, by the properties that it has on a cluster. One
 * broker, one document store and one worker serve all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsTest {

  private static final String TOPIC = "guarded";

  private final SSLContext usualTls = usualTls();
  private Path folder;
  private Certificates certificates;
  private StackSettings settings;
  private GuardedBroker broker;
  private GuardedStore store;
  private KafkaTopics topics;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    certificates = Certificates.in(folder.resolve("certificates"));
    settings = new StackSettings(Path.of(".."), folder.resolve("data"), FreePorts.pick());
    broker = GuardedBroker.start(settings, certificates);
    store = GuardedStore.start(folder.resolve("documents"), certificates);
    topics = new KafkaTopics(broker.openAddress());
    topics.create(TOPIC, 1);
    // The sink's driver and the clients of the REST APIs take it from the JVM, as with
    // -Djavax.net.ssl.trustStore.
    SSLContext.setDefault(certificates.tls(null));
  }

  private static SSLContext usualTls() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void stop() {
    SSLContext.setDefault(usualTls);
    topics.close();
    store.close();
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSqlServerAndItsQueriesLogInToKafka(KafkaLogin login) throws Exception {
    Map<String, String> properties = sqlServer(login, login.right(certificates));
    String name = login.name();
    try (SqlServer server = SqlServer.start(properties)) {
      SqlClient sql = new SqlClient(server.uri().toString());
      sql.execute(
          "CREATE STREAM s (v INT) WITH (kafka_topic='in_%s', partitions=1, value_format='JSON');"
              .formatted(name));
      sql.execute(
          "CREATE TABLE t WITH (kafka_topic='out_%s', partitions=1) AS SELECT v, COUNT(*) AS n FROM s GROUP BY v;"
              .formatted(name));
      sql.execute("INSERT INTO s (v) VALUES (42);");

      soon().untilAsserted(() -> assertThat(topics.recordsIn("out_" + name)).isPositive());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSqlServerSaysWhoRefusedItsLogin(KafkaLogin login) {
    Map<String, String> properties = sqlServer(login, login.wrong(certificates));

    assertThatThrownBy(() -> SqlServer.start(properties).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "bootstrap.servers='%s': Kafka refuses the login (", broker.address(login))
        .hasMessageContaining("security.protocol, sasl.* and ssl.*")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void aSqlServerSaysWhichFileOfItsLoginIsMissing() {
    KafkaLogin login = KafkaLogin.TLS_CERTIFICATE;
    Map<String, String> properties = sqlServer(login, login.right(certificates));
    properties.put("ssl.keystore.location", folder.resolve("nowhere.p12").toString());

    assertThatThrownBy(() -> SqlServer.start(properties).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(broker.address(login))
        .hasMessageContaining("nowhere.p12");
  }

  @Test
  void aSqlServerAnswersThoseWhoseCertificateItTrusts() throws Exception {
    Map<String, String> properties =
        sqlServer(KafkaLogin.SASL_PLAIN, KafkaLogin.SASL_PLAIN.right(certificates));
    properties.put("ksql.service.id", "certificates_");
    properties.put("listeners", "https://127.0.0.1:0");
    properties.put("ssl.keystore.location", certificates.keys(Certificates.SERVER).toString());
    properties.put("ssl.keystore.password", Certificates.PASSWORD);
    properties.put(
        "ssl.truststore.location", certificates.trusting(Certificates.CLIENT).toString());
    properties.put("ssl.truststore.password", Certificates.PASSWORD);
    properties.put("ssl.client.authentication", "REQUIRED");
    try (SqlServer server = SqlServer.start(properties)) {
      assertThat(info(server, Certificates.CLIENT).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> info(server, Certificates.STRANGER)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> info(server, null)).isInstanceOf(IOException.class);
    }
  }

  private HttpResponse<String> info(SqlServer server, String certificate) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(certificates.tls(certificate))
        .build()
        .send(
            HttpRequest.newBuilder(server.uri().resolve("/info")).build(), BodyHandlers.ofString());
  }

  private Map<String, String> sqlServer(KafkaLogin login, Map<String, String> credentials) {
    Map<String, String> properties = new HashMap<>(credentials);
    properties.put("bootstrap.servers", broker.address(login));
    properties.put("listeners", "http://127.0.0.1:0");
    properties.put("ksql.service.id", login.name().toLowerCase(java.util.Locale.ROOT) + "_");
    properties.put("ksql.extension.dir", folder.toString());
    properties.put("ksql.streams.state.dir", folder.resolve(login.name()).toString());
    properties.put("ksql.streams.auto.offset.reset", "earliest");
    properties.put("ksql.streams.commit.interval.ms", "100");
    properties.put("ksql.streams.num.stream.threads", "1");
    return properties;
  }

  @ParameterizedTest
  @EnumSource
  void theGeneratorLogsInToKafka(KafkaLogin login) throws Exception {
    StringWriter said = new StringWriter();

    int exitCode = generate(login, login.right(certificates), said);

    assertThat(exitCode).as(said.toString()).isZero();
    assertThat(topics.recordsIn("generated_" + login)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void theGeneratorSaysWhoRefusedItsLogin(KafkaLogin login) throws Exception {
    StringWriter said = new StringWriter();

    assertThat(generate(login, login.wrong(certificates), said)).isNotZero();
    assertThat(said.toString())
        .contains("the broker at " + broker.address(login) + " refuses the login")
        .contains("--config");
  }

  @ParameterizedTest
  @EnumSource
  void theMetricsLogInToKafkaOrSayThatItRefusesThem(KafkaLogin login) throws Exception {
    StringWriter right = new StringWriter();
    StringWriter wrong = new StringWriter();

    assertThat(metrics(login, login.right(certificates), right)).isNotZero();
    assertThat(metrics(login, login.wrong(certificates), wrong)).isNotZero();

    // They are let in, and find a cluster on which no pipeline has run.
    assertThat(right.toString())
        .contains("broker at " + broker.address(login) + " has no topic flagged_transactions yet");
    assertThat(wrong.toString())
        .contains("Kafka at " + broker.address(login) + " refuses the login")
        .contains("--kafka-config");
  }

  private int metrics(KafkaLogin login, Map<String, String> credentials, StringWriter said)
      throws IOException {
    return FlagstreamCommand.commandLine()
        .setErr(new PrintWriter(said))
        .setOut(new PrintWriter(said))
        .execute(
            "metrics",
            "--data=" + folder.resolve("metrics"),
            "--bootstrap-servers=" + broker.address(login),
            "--kafka-config=" + clientFile(credentials));
  }

  private Path clientFile(Map<String, String> credentials) throws IOException {
    Properties properties = new Properties();
    properties.putAll(credentials);
    Path file = Files.createTempFile(folder, "client", ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private int generate(KafkaLogin login, Map<String, String> credentials, StringWriter said)
      throws IOException {
    Path file = clientFile(credentials);
    CommandLine generator = GeneratorCommand.commandLine();
    generator.setErr(new PrintWriter(said));
    generator.setOut(new PrintWriter(said));
    return generator.execute(
        "--bootstrap-servers=" + broker.address(login),
        "--config=" + file,
        "--topic=generated_" + login,
        "--customers=200",
        "--from=2026-01-01",
        "--count=10");
  }

  @Test
  void theDocumentStoreAsksForAPasswordOverTls() {
    try (MongoClient right = MongoClients.create(store.uri(GuardedStore.PASSWORD));
        MongoClient wrong = MongoClients.create(store.uri("wrong"));
        MongoClient open =
            MongoClients.create(store.uri("wrong").replace("tls=true", "tls=false"))) {
      assertThat(right.getDatabase("flagstream").getCollection("none").countDocuments()).isZero();
      assertThatThrownBy(() -> wrong.getDatabase("flagstream").listCollectionNames().first())
          .isInstanceOf(MongoException.class)
          .hasMessageContaining("SCRAM-SHA-256")
          .hasMessageContaining("userName='flagstream'")
          .hasStackTraceContaining("Authentication failed");
      assertThatThrownBy(() -> open.getDatabase("flagstream").listCollectionNames().first())
          .isInstanceOf(MongoException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectWorkerSaysThatItsLoginIsRefused(KafkaLogin login) {
    Map<String, String> properties = worker(login, login.wrong(certificates));

    assertThatThrownBy(() -> ConnectWorker.start(settings, properties).close())
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("Check worker's broker connection and security properties");
  }

  /** Kafka by SCRAM and TLS, its own REST API by password and TLS, the store by both. */
  @Test
  void aConnectWorkerGuardsItsRestApiAndLogsInEverywhere() throws Exception {
    KafkaLogin login = KafkaLogin.SASL_SCRAM_AND_TLS;
    Map<String, String> properties = worker(login, login.right(certificates));
    properties.putAll(guardedRest());
    try (ConnectWorker worker = ConnectWorker.start(settings, properties)) {
      assertThat(worker.name()).isEqualTo("connect");
      soon().untilAsserted(() -> assertThat(rest("ada:first", null).statusCode()).isEqualTo(200));
      assertThat(rest("ada:second", null).statusCode()).isEqualTo(401);
      assertThat(rest("eve:first", null).statusCode()).isEqualTo(401);
      assertThat(rest(null, null).statusCode()).isEqualTo(401);
      assertThat(rest(null, sink("right")).statusCode()).isEqualTo(401);
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient()
                      .send(
                          HttpRequest.newBuilder(URI.create(settings.connectUrl())).build(),
                          BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);

      HttpResponse<String> refused = rest("ada:first", sink("wrong"));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("authentication failed", "userName='flagstream'");
      HttpResponse<String> accepted = rest("ada:first", sink(GuardedStore.PASSWORD));
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
      topics.send(TOPIC, (String) null, "{\"_id\":\"one\"}");
      try (MongoClient mongo = MongoClients.create(store.uri(GuardedStore.PASSWORD))) {
        soon()
            .untilAsserted(
                () ->
                    assertThat(mongo.getDatabase("flagstream").getCollection(TOPIC).find())
                        .extracting(each -> each.get("_id"))
                        .containsExactly("one"));
      }
    }
  }

  private Map<String, String> worker(KafkaLogin login, Map<String, String> credentials) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", broker.address(login));
    for (String client : new String[] {"", "consumer.", "producer.", "admin."}) {
      credentials.forEach((key, value) -> properties.put(client + key, value));
    }
    return properties;
  }

  /** The users are in connect-jaas.conf, which this JVM is started with. */
  private Map<String, String> guardedRest() {
    return Map.of(
        "rest.extension.classes",
        "org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension",
        "listeners",
        settings.connectUrl().replace("http:", "https:"),
        "rest.advertised.listener",
        "https",
        "listeners.https.ssl.keystore.location",
        certificates.keys(Certificates.SERVER).toString(),
        "listeners.https.ssl.keystore.password",
        Certificates.PASSWORD,
        "listeners.https.ssl.key.password",
        Certificates.PASSWORD);
  }

  /** Asks for the connectors, or puts one. */
  private HttpResponse<String> rest(String user, String connector) throws Exception {
    URI base = URI.create(settings.connectUrl().replace("http:", "https:"));
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/connectors"));
    if (user != null) {
      request.header(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
    }
    if (connector != null) {
      request
          .uri(base.resolve("/connectors/guarded/config"))
          .header("Content-Type", "application/json")
          .PUT(BodyPublishers.ofString(connector));
    }
    return HttpClient.newBuilder()
        .sslContext(certificates.tls(null))
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private String sink(String password) {
    return """
        {"connector.class": "com.mongodb.kafka.connect.MongoSinkConnector", "tasks.max": "1",
         "topics": "%s", "database": "%s", "collection": "%s", "connection.uri": "%s",
         "key.converter": "org.apache.kafka.connect.storage.StringConverter",
         "value.converter": "org.apache.kafka.connect.json.JsonConverter",
         "value.converter.schemas.enable": "false"}
        """
        .formatted(TOPIC, Environment.DATABASE, TOPIC, store.uri(password));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100));
  }
}
