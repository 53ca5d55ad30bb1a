package dev.flagstream.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.scenario.CaseFunctionsJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CasesCommandTest {

  private static final String CASES =
"""
{"tests": [
  {"name": "passes", "statements": [
     "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
     "CREATE STREAM O AS SELECT K, V + 1 AS W FROM S;"],
   "inputs": [{"topic": "s", "key": "a", "value": {"V": 1}}],
   "outputs": [{"topic": "O", "key": "a", "value": {"W": 2}}]},
  {"name": "differs", "statements": [
     "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
     "CREATE STREAM O AS SELECT K, V + 1 AS W FROM S;"],
   "inputs": [{"topic": "s", "key": "a", "value": {"V": 1}}],
   "outputs": [{"topic": "O", "key": "a", "value": {"W": 3}}]},
  {"name": "is refused", "statements": [
     "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
     "CREATE STREAM O AS SELECT K, V + 'x' AS W FROM S;"],
   "outputs": [{"topic": "O", "key": "a", "value": {"W": 3}}]},
  {"name": "is refused as it should be", "statements": [
     "CREATE STREAM S (F INT KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
     "CREATE TABLE O WITH (partitions=2) AS SELECT F, V, COUNT(*) FROM S GROUP BY F, V;"],
   "expectedException": {"message": "Got: [`F` INTEGER KEY, `V` INTEGER KEY]\\nStatement: CREATE TABLE O WITH (PARTITIONS=2) AS SELECT\\n  S.F F,"}},
  {"name": "calls what is not built in", "statements": [
     "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
     "CREATE STREAM O AS SELECT K, TEST_UDF(V, 'x') AS W FROM S;"],
   "inputs": [{"topic": "s", "key": "a", "value": {"V": 1}}],
   "outputs": [{"topic": "O", "key": "a", "value": {"W": "doStuffIntString"}}]},
  {"name": "expects that a function is not there", "statements": [
     "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
     "CREATE STREAM O AS SELECT K, NO_SUCH(V) AS W FROM S;"],
   "expectedException": {"message": "Can't find any functions with the name 'NO_SUCH'"}}
]}
""";

  private static final String RECORDED =
      """
      {"tests": [
        {"name": "accepted", "statements": [
           "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');"],
         "expectedException": {"message": "No such thing"}},
        {"name": "other words", "statements": ["CREATE STREAM S;"],
         "expectedException": {"message": "Nonsense"}},
        {"name": "other schema", "statements": [
           "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');"],
         "post": {"sources": [{"name": "S", "type": "stream", "schema": "`K` STRING KEY"}]}},
        {"name": "other bytes", "statements": [
           "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
           "CREATE STREAM O AS SELECT K, V, V + 1 AS W FROM S;"],
         "inputs": [{"topic": "s", "key": "a", "value": {"V": 1}}],
         "outputs": [{"topic": "O", "key": "a", "value": {"W": 2, "V": 1}}], "sinks": ["O"]},
        {"name": "a row too many", "statements": [
           "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
           "CREATE STREAM O AS SELECT K, V + 1 AS W FROM S;"],
         "inputs": [{"topic": "s", "key": "a", "value": {"V": 1}}],
         "outputs": [], "sinks": ["O"]}
      ]}
      """;

  @TempDir private Path folder;
  private Path report;
  private int exitCode;

  @BeforeEach
  void writeCases() throws IOException {
    Files.createDirectories(folder.resolve("cases"));
    Files.writeString(folder.resolve("cases").resolve("own.json"), CASES);
    Files.writeString(folder.resolve("recorded.json"), RECORDED);
    report = folder.resolve("report.txt");
  }

  private List<String> run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--cases=" + folder.resolve("cases"), "--report=" + report));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    exitCode =
        new CommandLine(new CasesCommand())
            .setOut(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));
    return out.toString().lines().toList();
  }

  @Test
  void callsOfMissingFunctionsAreUnsupportedUnlessThatIsExpected() throws IOException {
    List<String> lines = run();

    assertThat(lines).last().isEqualTo("cases: 3 passed, 2 failed, 1 unsupported");
    assertThat(report).content().contains("There is no function TEST_UDF.");
  }

  @Test
  void extensionsAreLoadedWhereTheyAreAskedForAndCountedApart() {
    CaseFunctionsJar.in(folder);

    List<String> lines = run("--extension-dir=" + folder);

    assertThat(lines)
        .contains(
            "1 of the cases that passed call functions of " + folder,
            "cases: 4 passed, 2 failed, 0 unsupported");
  }

  @Test
  void differencesAreCountedByKind() {
    StringWriter out = new StringWriter();

    new CommandLine(new CasesCommand())
        .setOut(new PrintWriter(out))
        .execute("--cases=" + folder.resolve("recorded.json"), "--report=" + report);

    assertThat(out.toString().lines().map(line -> line.replaceAll("  [a-z].*", "")))
        .containsExactly(
            "passed            0",
            "accepted          1",
            "refused           0",
            "result            1",
            "schema            1",
            "bytes             1",
            "internal          0",
            "message           1",
            "unsupported       0",
            "values       20.00 % of all cases as expected, but for the words of refusals",
            "messages     0.00 % as expected with them",
            "cases: 0 passed, 5 failed, 0 unsupported");
  }

  @Test
  void reportTellsARefusalByItsMessageAlone() throws IOException {
    run();

    assertThat(report)
        .content()
        .contains("refused: Could not determine output schema", "value.W is 2, expected 3")
        .doesNotContain("\tat ", "Caused by");
  }

  @Test
  void exitCodeTellsWhetherTheAimIsMet() {
    run();
    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.SOFTWARE);

    run("--only=passes");
    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.OK);
  }

  @Test
  void aMissingFolderOfExtensionsIsSaid() {
    assertThat(run("--extension-dir=" + folder.resolve("nowhere")))
        .singleElement()
        .asString()
        .startsWith("There is no folder of extensions");
  }
}
