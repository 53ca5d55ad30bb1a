package dev.flagstream.local.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.SqlClient;
import dev.flagstream.engine.server.SqlServer;
import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.local.FlagstreamCommand;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.connect.SinkRegistration;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.sql.SqlScripts;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A broker where each part may do what deploy/acls.txt lists, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationTest {

  private static final String PASSWORD = "of-this-test";
  private static final int TRANSACTIONS = 300;

  private Path folder;
  private StackSettings settings;
  private String guarded;
  private Broker broker;
  private Store store;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    settings = new StackSettings(Path.of(".."), folder.resolve("data"), FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    new DeployedJars(settings).deploy();
    broker = Broker.start(settings, guard());
    store = Store.start(settings);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
      admin.createAcls(bindings()).all().get();
    }
  }

  @AfterAll
  void stop() {
    store.close();
    broker.close();
  }

  /** The test itself comes in by the open listener, and may do anything. */
  private Map<String, String> guard() {
    Ports ports = FreePorts.pick();
    guarded = "127.0.0.1:" + ports.kafka();
    String controller = "127.0.0.1:" + ports.mongo();
    String clients = "PLAINTEXT://%s,GUARDED://%s".formatted(settings.bootstrapServers(), guarded);
    Map<String, String> properties = new HashMap<>();
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("listeners", clients + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", clients);
    properties.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_PLAINTEXT");
    properties.put("listener.name.guarded.sasl.enabled.mechanisms", "PLAIN");
    StringBuilder users = new StringBuilder();
    for (String user : List.of("generator", "sql", "connect", "auditor")) {
      users.append(" user_").append(user).append("=\"").append(PASSWORD).append('"');
    }
    properties.put(
        "listener.name.guarded.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required" + users + ";");
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:ANONYMOUS");
    return properties;
  }

  private static List<AclBinding> bindings() throws IOException {
    List<AclBinding> bindings = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../deploy/acls.txt"))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split(" +");
      assertThat(words).as(line).hasSize(5);
      ResourcePattern resource =
          new ResourcePattern(
              ResourceType.fromString(words[1].replace('-', '_')),
              words[3],
              PatternType.fromString(words[2].toUpperCase(Locale.ROOT)));
      assertThat(resource.isUnknown()).as(line).isFalse();
      Arrays.stream(words[4].split(","))
          .map(name -> AclOperation.fromString(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_")))
          .forEach(
              operation ->
                  bindings.add(
                      new AclBinding(
                          resource,
                          new AccessControlEntry(
                              "User:" + words[0], "*", operation, AclPermissionType.ALLOW))));
    }
    return bindings;
  }

  @Test
  void thePipelineRunsWithNoMoreRightsThanAreListed() throws Exception {
    StringWriter said = new StringWriter();
    assertThat(generate("generator", said)).as(said.toString()).isZero();
    Map<String, String> sql = new HashMap<>(ComponentProperties.sqlServer(settings));
    sql.put("bootstrap.servers", guarded);
    sql.putAll(login("sql"));
    try (SqlServer server = SqlServer.start(sql);
        ConnectWorker worker = ConnectWorker.start(settings, worker());
        MongoClient mongo = MongoClients.create(settings.mongoUri())) {
      assertThat(worker.name()).isEqualTo("connect");
      SqlClient client = new SqlClient(server.uri().toString());
      SqlScripts.in(settings.scripts()).applyTo(client, script -> {});
      ConnectClient connect = new ConnectClient(settings.connectUrl());
      connect.awaitReady(Duration.ofMinutes(1));
      SinkRegistration.read(settings).registerWith(connect);

      soon()
          .untilAsserted(
              () -> {
                assertThat(client.queryStates().values()).containsOnly("RUNNING");
                assertThat(connect.failures()).isEmpty();
                assertThat(
                        mongo
                            .getDatabase(Environment.DATABASE)
                            .getCollection(Environment.SCORED_COLLECTION)
                            .countDocuments())
                    .isEqualTo(TRANSACTIONS);
              });
      theLedgerIsReadWithTheRightsOfAnAuditor();
    }
  }

  /** Part of the test above, whose pipeline it looks at. */
  private void theLedgerIsReadWithTheRightsOfAnAuditor() throws IOException {
    StringWriter said = new StringWriter();
    assertThat(ledger(login("auditor"), said)).as(said.toString()).isZero();

    assertThat(ledger(login("connect"), said)).isNotZero();
    assertThat(said.toString())
        .contains("has no topic " + Environment.INPUT_TOPIC + ", or none that the login");

    Map<String, String> wrong = new HashMap<>(login("auditor"));
    wrong.computeIfPresent("sasl.jaas.config", (key, value) -> value.replace(PASSWORD, "guess"));
    assertThat(ledger(wrong, said)).isNotZero();
    assertThat(said.toString())
        .contains("The Kafka broker at " + guarded + " refuses the login of --kafka-config");

    assertThat(ledger(Map.of("security.protocol", "NONE"), said)).isNotZero();
    assertThat(said.toString()).contains("--kafka-config", "NONE");
  }

  private int ledger(Map<String, String> login, StringWriter said) throws IOException {
    PrintWriter out = new PrintWriter(said, true);
    return FlagstreamCommand.commandLine()
        .setOut(out)
        .setErr(out)
        .execute(
            "ledger",
            "--home=" + settings.home(),
            "--data=" + settings.data(),
            "--bootstrap-servers=" + guarded,
            "--kafka-config=" + file(login),
            "--mongo-uri=" + settings.mongoUri());
  }

  @Test
  void whoMayNotWriteIsToldOfTheTopic() throws Exception {
    StringWriter said = new StringWriter();

    assertThat(generate("connect", said)).isNotZero();

    assertThat(said.toString())
        .contains(Environment.INPUT_TOPIC)
        .contains("Topic authorization failed");
  }

  private int generate(String user, StringWriter said) throws IOException {
    Path file = file(login(user));
    CommandLine generator = GeneratorCommand.commandLine();
    generator.setErr(new PrintWriter(said));
    generator.setOut(new PrintWriter(said));
    return generator.execute(
        "--bootstrap-servers=" + guarded,
        "--config=" + file,
        "--customers=200",
        "--from=2026-01-01",
        "--count=" + TRANSACTIONS);
  }

  private Path file(Map<String, String> login) throws IOException {
    Properties properties = new Properties();
    properties.putAll(login);
    Path file = Files.createTempFile(folder, "client", ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private Map<String, String> worker() {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", guarded);
    for (String client : new String[] {"", "consumer.", "producer.", "admin."}) {
      login("connect").forEach((key, value) -> properties.put(client + key, value));
    }
    return properties;
  }

  private static Map<String, String> login(String user) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, PASSWORD));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(500));
  }
}
