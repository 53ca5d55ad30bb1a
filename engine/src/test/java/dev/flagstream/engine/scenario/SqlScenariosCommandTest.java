package dev.flagstream.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What the user of {@code make test-sql} sees. */
class SqlScenariosCommandTest {

  private static final String PAYMENTS =
      """
      # Payments are doubled.
      sql
        CREATE STREAM payments (card STRING KEY, amount INT, city STRING) WITH (KAFKA_TOPIC='payments', VALUE_FORMAT='JSON');
        CREATE STREAM doubled AS SELECT card, amount * 2 AS amount, city FROM payments;
      send payments
        {"key": "c1", "value": {"amount": 1, "city": "Oslo"}}
        {"key": "c2", "value": {"amount": 20, "city": "Rome"}}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void endsWith0AndCountsWhatPassed() throws IOException {
    scenario(
        PAYMENTS
            + """
              expect DOUBLED
                {"key": "c1", "value": {"AMOUNT": 2, "CITY": "Oslo"}}
                {"key": "c2", "value": {"AMOUNT": 40, "CITY": "Rome"}}
              """);

    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("ok   Payments are doubled (")
        .contains("scenarios: 1 passed, 0 failed (");
  }

  @Test
  void endsWith1AndShowsWhatDiffersInColumns() throws IOException {
    scenario(
        PAYMENTS
            + """
              expect DOUBLED
                {"key": "c1", "value": {"AMOUNT": 2, "CITY": "Oslo"}}
                {"key": "c2", "value": {"AMOUNT": 4, "CITY": "Rome"}}
                {"key": "c3", "value": {"AMOUNT": 6, "CITY": "Bonn"}}
              """);

    assertThat(run()).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            """
            :8: expect DOUBLED
                  key   AMOUNT  CITY
                  "c1"  2       "Oslo"
                - "c2"  4       "Rome"
                + "c2"  40      "Rome"
                        ^^
                - "c3"  6       "Bonn"
            """);
  }

  @Test
  void rewritesWhatDiffersAndLeavesTheRest() throws IOException {
    Path file =
        scenario(
            PAYMENTS
                + """
                  # Comments stay.
                  expect DOUBLED

                  # To the end.
                  """);

    assertThat(run("--rewrite")).isZero();
    assertThat(file)
        .hasContent(
            PAYMENTS
                + """
                  # Comments stay.
                  expect DOUBLED
                    {"time":"1970-01-01T00:00:00Z","key":"c1","value":{"AMOUNT":2,"CITY":"Oslo"}}
                    {"time":"1970-01-01T00:00:00Z","key":"c2","value":{"AMOUNT":40,"CITY":"Rome"}}

                  # To the end.
                  """);
    assertThat(run()).isZero();
  }

  @Test
  void namesTheLineOfAMistakeInTheScenario() throws IOException {
    assertSays(PAYMENTS + "expects DOUBLED\n", ":8: 'expects' begins no section; sections are");
    assertSays(PAYMENTS + "expect DOUBLE\n", ":8: there is no topic DOUBLE; there are payments");
    assertSays(PAYMENTS + "expect\n", ":8: expect what? A topic, or: log, error, rows");
    assertSays(
        PAYMENTS + "send payments\n\n  {\"key\": \"c1\", \"value\": {\"amount\": }}\n",
        ":10: this is no JSON: Unexpected character ('}'");
    assertSays(
        PAYMENTS + "send payments\n  {\"key\": \"c1\"}\n  {\"keys\": \"c1\"}\n",
        ":10: a record has no 'keys'");
    assertSays(
        PAYMENTS + "sql\n  CREATE STREAM a AS\n    SELECT nothing FROM payments;\n",
        ":9: Could not determine output schema");
    assertSays(PAYMENTS + "sql\n\n  CREATE STRAEM a;\n", ":10: line ");
    assertSays(PAYMENTS + "expect rows\n", ":8: no section 'query' stands before this");
    assertSays(PAYMENTS + "sql\n  SELECT * FROM payments;\n", ":9: Not a statement that changes");
    assertSays("settings\n  no value\n" + PAYMENTS, ":1: a setting is written name = value");
  }

  @Test
  void runsTheOthersWhenOneCannotBeRun() throws IOException {
    scenario(PAYMENTS);
    Files.writeString(folder.resolve("a.scenario"), "nonsense\n");

    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("scenarios: 1 passed, 1 failed");
  }

  @Test
  void expectsRefusals() throws IOException {
    scenario("sql\n  DROP STREAM nothing;\nexpect error\n  Stream NOTHING does not exist.\n");
    assertThat(run()).isZero();

    scenario(PAYMENTS + "sql\n  DROP STREAM doubled;\nexpect error\n  Why not?\n");
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("    - Why not?\n");
  }

  @Test
  void runsTheExampleOfTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```\n# ") + 4;
    scenario(readme.substring(start, readme.indexOf("```", start)));

    assertThat(run()).isZero();
    assertThat(out.toString()).contains("Each payment changes the total of its card");
  }

  @Test
  void endsWith2IfThereIsNothingToRun() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("There are no files *.scenario in ");
    assertThat(run("--extension-dir=" + folder, folder.resolve("missing").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("missing. Name a folder of scenarios");
  }

  private void assertSays(String text, String message) throws IOException {
    scenario(text);
    out.getBuffer().setLength(0);
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains("    " + folder.resolve("test.scenario") + message);
  }

  private Path scenario(String text) throws IOException {
    return Files.writeString(folder.resolve("test.scenario"), text);
  }

  private int run(String... options) {
    CommandLine command =
        new CommandLine(new SqlScenariosCommand())
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = folder.toString();
    return command.execute(all);
  }
}
