package dev.flagstream.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.server.TestCluster;
import dev.flagstream.engine.server.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestCluster.class)
class ShellCommandTest {

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("shell_", folder);
    server.run(
        "CREATE STREAM trips (id INT KEY, city VARCHAR)"
            + " WITH (KAFKA_TOPIC='shell_trips', VALUE_FORMAT='JSON', PARTITIONS=1);"
            + " INSERT INTO trips VALUES (1, 'Oslo'); INSERT INTO trips VALUES (2, 'Rome');");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome shell(URI uri, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = new String[options.length + 1];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = uri.toString();
    int exitCode =
        ShellCommand.newCommandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private static Outcome shell(String... options) {
    return shell(server.server().uri(), options);
  }

  @Test
  void showsStreamsAsATable() {
    Outcome outcome = shell("--execute", "show streams;");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains(
            "Stream Name | Kafka Topic | Key Format | Value Format | Windowed",
            "TRIPS | shell_trips | KAFKA | JSON | false");
  }

  @Test
  void streamsRowsUntilTheLimit() {
    Outcome outcome = shell("-e", "SELECT id, city FROM trips EMIT CHANGES LIMIT 2;");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains("ID | CITY", "1 | Oslo", "2 | Rome", "Limit Reached");
  }

  @Test
  void printsJsonOnRequest() {
    Outcome outcome =
        shell("--output", "json", "-e", "SELECT city FROM trips EMIT CHANGES LIMIT 1;");

    assertThat(outcome.out().lines()).contains("{\"row\":{\"columns\":[\"Oslo\"]}}");
  }

  @Test
  void stopsAtTheFirstErrorWithAMarkAndAnExitCode() {
    Outcome outcome = shell("-e", "SELECT nocol FROM trips EMIT CHANGES; SHOW TABLES;");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("SELECT column 'NOCOL' cannot be resolved")
        .contains("  SELECT nocol FROM trips EMIT CHANGES;\n         ^^^^^\n");
    assertThat(outcome.out()).doesNotContain("Table Name").doesNotContain("None.");
  }

  @Test
  void runsAScriptThatRunsAnother() throws Exception {
    Path inner = Files.writeString(folder.resolve("inner.sql"), "DESCRIBE ${what};");
    Path outer =
        Files.writeString(
            folder.resolve("outer.sql"),
            """
            -- Describes a stream by way of another script.
            DEFINE what = 'trips';
            RUN SCRIPT '%s';
            """
                .formatted(inner));

    Outcome outcome = shell("--file", outer.toString());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("INTEGER (key)").contains("CITY");
  }

  @Test
  void passesPropertiesOfTheSessionOn() {
    Outcome refused = shell("-e", "SET 'no.such'='x';");
    Outcome accepted = shell("-e", "SET 'auto.offset.reset'='latest'; SHOW PROPERTIES;");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("'no.such'");
    assertThat(accepted.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains("auto.offset.reset | KSQL | SESSION | latest");
  }

  @Test
  void saysWhatWasSetBeforeInTheWordsOfKsqlDbsCommandLine() {
    Outcome outcome =
        shell(
            "-e",
            "SET 'auto.offset.reset'='latest'; SET 'auto.offset.reset'='earliest';"
                + " UNSET 'auto.offset.reset'; UNSET 'auto.offset.reset';");

    assertThat(outcome.out().lines())
        .containsExactly(
            "Successfully changed local property 'auto.offset.reset' to 'latest'. Use the UNSET"
                + " command to revert your change.",
            "Successfully changed local property 'auto.offset.reset' from 'latest' to 'earliest'.",
            "Successfully unset local property 'auto.offset.reset' (value was 'earliest').");
    assertThat(outcome.err())
        .contains(
            "Cannot unset local property 'auto.offset.reset' which was never set in the first"
                + " place");
  }

  @Test
  void takesPropertiesFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("shell.properties"), "auto.offset.reset=latest\n");

    Outcome outcome = shell("--config-file", file.toString(), "-e", "SHOW PROPERTIES;");
    Outcome missing = shell("--config-file", folder.resolve("no.properties").toString(), "-e", ";");

    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains("auto.offset.reset | KSQL | SESSION | latest");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err())
        .contains("Cannot read the properties in ", "there is no such file or folder");
  }

  @Test
  void endsQueriesAfterRowsOrTime() {
    Outcome rows =
        shell("--query-row-limit", "1", "-e", "SELECT city FROM trips EMIT CHANGES; VERSION;");
    Outcome time =
        shell("--query-timeout", "50", "-e", "SELECT city FROM trips WHERE id = 9 EMIT CHANGES;");

    assertThat(rows.exitCode()).isZero();
    assertThat(rows.out().lines().skip(2).map(String::strip).toList())
        .hasSize(3)
        .startsWith("Oslo", "Query terminated")
        .last()
        .asString()
        .startsWith("Version: ");
    assertThat(time.exitCode()).isZero();
    assertThat(time.out()).contains("Query terminated");
    assertThat(shell("--query-timeout", "0", "-e", ";").err())
        .contains("--query-timeout 0: give a number from 1 on");
  }

  @Test
  void knowsTheSettingsOfKsqlDbsCommandLine() {
    Outcome outcome =
        shell(
            "-e",
            "SET CLI WRAP OFF; SET CLI COLUMN-WIDTH 3; SELECT city FROM trips EMIT CHANGES LIMIT 1;"
                + " REQUEST-PIPELINING ON; REQUEST-PIPELINING; EXIT; SHOW STREAMS;");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines())
        .contains(" Os…", "Request pipelining is ON: statements do not wait for those before them")
        .noneMatch(line -> line.contains("TRIPS"));
    assertThat(shell("-e", "SET CLI COLOR RED;").err()).contains("write SET CLI WRAP ON");
  }

  @Test
  void endsPrintAfterRecordsToo() {
    Outcome outcome =
        shell("--query-row-limit", "1", "-e", "PRINT shell_trips FROM BEGINNING; VERSION;");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().filter(line -> line.startsWith("rowtime: "))).hasSize(1);
    assertThat(outcome.out()).contains("Query terminated", "Version: ");
  }

  @Test
  void carriesOutItsOwnCommandsWithASemicolonToo() {
    Outcome outcome = shell("-e", "CLEAR; HISTORY; SESSION; VERSION;");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void saysHowItsOwnCommandsAreWritten() {
    assertThat(shell("-e", "RUN SCRIPT x.sql;").err()).contains("write RUN SCRIPT '<file>'");
    assertThat(shell("-e", "SPOOL;").err()).contains("write SPOOL '<file>' or SPOOL OFF");
    assertThat(shell("-e", "REQUEST-PIPELINING maybe;").err())
        .contains("write REQUEST-PIPELINING ON or OFF");
  }

  @Test
  void setsAValueWithAQuote() {
    Outcome outcome = shell("-e", "SET 'client.id'='it''s'; SESSION;");

    assertThat(outcome.out().lines()).contains("SET 'client.id'='it''s'");
  }

  @Test
  void definesAVeryLongText() {
    Outcome outcome =
        shell("-e", "DEFINE long = '" + "x''".repeat(1_000) + "y".repeat(100_000) + "';");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void saysWhyAScriptCannotBeRead() throws Exception {
    Path binary = Files.write(folder.resolve("binary.sql"), new byte[] {(byte) 0xff, 1});

    assertThat(shell("-e", "RUN SCRIPT '" + folder.resolve("no.sql") + "';").err())
        .contains("no.sql: there is no such file or folder");
    assertThat(shell("-e", "RUN SCRIPT '" + binary + "';").err())
        .contains("it is no text in UTF-8");
    assertThat(shell("-f", folder.toString()).err()).contains(folder + ": Is a directory");
    assertThat(shell("-e", "RUN SCRIPT 'a\0b';").err())
        .contains("'a?b' cannot be the name of a file");
  }

  @Test
  void refusesAnAddressThatNoServerCanHave() {
    assertThat(shell(URI.create("http://127.0.0.1:99999"), "-e", "SHOW STREAMS;").err())
        .contains("'http://127.0.0.1:99999': give it as http://host:port");
    assertThat(shell("-e", "SERVER 'ftp://127.0.0.1:21';").err())
        .contains("'ftp://127.0.0.1:21': give it as http://host:port");
  }

  @Test
  void keepsStatementsAndAnswersInAFileWhileItSpools() throws Exception {
    Path file = folder.resolve("spooled.txt");

    Outcome outcome = shell("-e", "SPOOL '" + file + "'; SHOW TABLES; SPOOL OFF; SHOW STREAMS;");

    assertThat(outcome.exitCode()).isZero();
    assertThat(Files.readString(file))
        .contains("sql> SHOW TABLES;\nNone.")
        .doesNotContain("SHOW STREAMS");
  }

  @Test
  void tellsWhatTheSessionHas() {
    Outcome outcome =
        shell("-e", "SET 'auto.offset.reset'='latest'; DEFINE city = 'Oslo'; SESSION;");

    assertThat(outcome.out().lines())
        .contains(
            "Server: " + server.server().uri(),
            "Output: TABULAR",
            "SET 'auto.offset.reset'='latest'",
            "DEFINE city='Oslo'");
  }

  @Test
  void staysWithItsServerIfNothingAnswersAtAnother() {
    Outcome outcome = shell("-e", "SERVER 'http://127.0.0.1:1';");
    Outcome known = shell("-e", "SERVER '" + server.server().uri() + "'; SHOW STREAMS;");

    assertThat(outcome.err()).contains("No answer from http://127.0.0.1:1");
    assertThat(known.out()).contains("TRIPS");
  }

  @Test
  void showsEachQueryInALineThatFitsTheScreen() {
    server.run("CREATE STREAM southern AS SELECT * FROM trips WHERE city = 'Rome';");

    Outcome outcome = shell("-e", "SHOW QUERIES;");

    assertThat(outcome.out().lines())
        .anyMatch(line -> line.matches(" CSAS_SOUTHERN_\\d+ +\\| PERSISTENT +\\| RUNNING:1.*"))
        .allMatch(line -> line.length() <= Screen.DEFAULT_WIDTH);
  }

  @Test
  void saysThatNoServerAnswers() {
    Outcome outcome = shell(URI.create("http://127.0.0.1:1"), "-e", "SHOW STREAMS;");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("No answer from http://127.0.0.1:1");
  }

  @Test
  void refusesWrongUse() {
    assertThat(shell("-e", "SHOW STREAMS;", "-f", "x.sql").exitCode()).isEqualTo(2);
    assertThat(shell("-f", folder.resolve("missing.sql").toString()).err()).contains("Cannot read");
  }
}
