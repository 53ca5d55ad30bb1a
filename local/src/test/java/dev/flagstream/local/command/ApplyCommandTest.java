package dev.flagstream.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.client.SqlClient;
import dev.flagstream.engine.server.SqlServer;
import dev.flagstream.local.FlagstreamCommandLine;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.ComponentProperties;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command that fills the container ksql-scripts, against the local engine's REST API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplyCommandTest {

  private static final String STREAM =
      "CREATE STREAM IF NOT EXISTS %1$s (a INT) WITH (KAFKA_TOPIC='%1$s', PARTITIONS=1,"
          + " VALUE_FORMAT='JSON');";

  private final FlagstreamCommandLine commands = new FlagstreamCommandLine();
  private StackSettings settings;
  private Broker broker;
  private SqlServer server;

  @TempDir private Path scripts;

  @BeforeAll
  void start(@TempDir Path data) {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    broker = Broker.start(settings, Map.of());
    server = startServer();
  }

  private SqlServer startServer() {
    Map<String, String> properties = new HashMap<>(ComponentProperties.sqlServer(settings));
    // No UDF jar is needed here, nor its key.
    properties.keySet().removeIf(name -> name.startsWith("ksql.functions."));
    return SqlServer.start(properties);
  }

  @AfterAll
  void stop() {
    server.close();
    broker.close();
  }

  @BeforeEach
  void empty() throws IOException {
    try (Stream<Path> files = Files.list(scripts)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void changesNothingTheSecondTime() throws IOException {
    script("01-a.sql", STREAM.formatted("once_a"));
    script("02-b.sql", "CREATE STREAM IF NOT EXISTS once_b AS SELECT * FROM once_a EMIT CHANGES;");

    assertThat(apply()).isZero();
    String before = server("SHOW QUERIES; DESCRIBE once_b;");
    assertThat(apply()).isZero();

    assertThat(server("SHOW QUERIES; DESCRIBE once_b;")).isEqualTo(before);
    assertThat(commands.out())
        .contains("applied 01-a.sql (1 of 2)", "applied 02-b.sql (2 of 2)")
        .endsWith("all scripts are applied" + System.lineSeparator());
  }

  @Test
  void namesFileStatementAndReasonOfARefusalAndEndsWithAnError() throws IOException {
    script("01-a.sql", STREAM.formatted("refusal_a"));
    script(
        "02-b.sql",
        STREAM.formatted("refusal_b")
            + "\nCREATE STREAM refusal_c AS SELECT nothing FROM refusal_a EMIT CHANGES;\n");
    script("03-c.sql", STREAM.formatted("refusal_d"));

    assertThat(apply()).isEqualTo(1);

    assertThat(commands.out()).contains("applied 01-a.sql (1 of 3)").doesNotContain("02-b", "03-c");
    assertThat(commands.err())
        .contains("02-b.sql was refused", "NOTHING", "in: CREATE STREAM REFUSAL_C")
        .doesNotContain("\tat ");
    assertThat(server("SHOW STREAMS;").toUpperCase(Locale.ROOT))
        .contains("REFUSAL_A")
        .doesNotContain("REFUSAL_D");
  }

  @Test
  void namesWhatCannotBeReadAsSql() throws IOException {
    script("01-a.sql", "CREATE STREEM a (b INT);");

    assertThat(apply()).isEqualTo(1);

    assertThat(commands.err()).contains("01-a.sql", "STREEM").doesNotContain("\tat ");
  }

  @Test
  void waitsForAServerThatIsStillToCome() throws Exception {
    script("01-a.sql", STREAM.formatted("later_a"));
    server.close();
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(this::apply);

    server = startServer();

    assertThat(code.get()).isZero();
    assertThat(server("SHOW STREAMS;").toUpperCase(Locale.ROOT)).contains("LATER_A");
  }

  @Test
  void saysWhereNoServerIs() throws IOException {
    script("01-a.sql", STREAM.formatted("nowhere"));
    String nowhere = "http://127.0.0.1:" + FreePorts.pick().sql();

    int code = commands.run("apply", "--server=" + nowhere, "--scripts=" + scripts, "--patience=1");

    assertThat(code).isEqualTo(1);
    assertThat(commands.err()).contains(nowhere, "not healthy within 1 s", "nothing listens there");
  }

  private int apply() {
    return commands.run(
        "apply", "--server=" + settings.sqlUrl(), "--scripts=" + scripts, "--patience=120");
  }

  private String server(String sql) {
    return new SqlClient(settings.sqlUrl()).execute(sql).toString();
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(scripts.resolve(name), sql);
  }
}
