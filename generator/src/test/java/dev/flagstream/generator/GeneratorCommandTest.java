package dev.flagstream.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class GeneratorCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> SMALL = List.of("--customers", "2000", "--merchants", "1500");
  private static final List<String> A_DAY =
      List.of("--clock", "backfill", "--from", "2026-01-01", "--to", "2026-01-02");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void printsAsManyTransactionsAsAskedFor() throws IOException {
    int exitCode = backfill("--count", "25", "--seed", "42");

    assertThat(exitCode).isZero();
    assertThat(transactions()).hasSize(25);
    assertThat(err.toString())
        .contains("sent 25, acknowledged 25, failed 0")
        .contains("--seed 42 --from 2026-01-01T00:00:00Z");
  }

  @Test
  void repeatsARunWithTheSeedThatItPrinted() {
    backfill("--count", "20");
    String first = out.toString(StandardCharsets.UTF_8);
    String seed = err.toString().replaceAll("(?s).*--seed (\\d+).*", "$1");
    out.reset();

    backfill("--count", "20", "--seed", seed);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(first);
  }

  @Test
  void drawsAnotherSeedForEachRunThatNamesNone() {
    backfill("--count", "20");
    String first = out.toString(StandardCharsets.UTF_8);
    out.reset();

    backfill("--count", "20");

    assertThat(out.toString(StandardCharsets.UTF_8)).isNotEqualTo(first);
  }

  @Test
  void fillsARangeOfThePastAndNothingElse() throws IOException {
    backfill("--seed", "42");

    long startMs = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    List<JsonNode> transactions = transactions();
    assertThat(transactions).hasSizeGreaterThan(1_000);
    assertThat(transactions)
        .allSatisfy(
            transaction ->
                assertThat(transaction.get("timestamp").longValue())
                    .isBetween(startMs, startMs + 86_400_000 - 1));
  }

  @Test
  void beginsTheHandbooksWorldWhereTheHandbookDoes() throws IOException {
    int exitCode =
        execute(
            printStream(),
            List.of("--profile", "handbook", "--seed", "1", "--count", "50", "--dry-run"));

    long startMs = Instant.parse("2018-04-01T00:00:00Z").toEpochMilli();
    assertThat(exitCode).isZero();
    assertThat(transactions())
        .hasSize(50)
        .allSatisfy(
            transaction ->
                assertThat(transaction.get("timestamp").longValue())
                    .isBetween(startMs, startMs + 86_400_000));
  }

  @Test
  void commitsTheFraudsThatAreAskedFor() throws IOException {
    Path truth = folder.resolve("truth.jsonl");

    backfill("--seed", "42", "--truth", truth.toString(), "--fraud", "all=0,card_testing=0.05");

    List<String> frauds = Files.readAllLines(truth);
    assertThat(frauds)
        .hasSizeGreaterThan(transactions().size() / 50)
        .allMatch(line -> line.contains("\"card_testing\""));
  }

  @Test
  void sendsTransactionsOfNowWithTheLiveClock() throws IOException {
    long beforeMs = System.currentTimeMillis();
    dryRun("--count", "5", "--rate", "1000");

    assertThat(transactions())
        .hasSize(5)
        .allSatisfy(
            transaction ->
                assertThat(transaction.get("timestamp").longValue())
                    .isBetween(beforeMs, System.currentTimeMillis()));
  }

  @Test
  void endsALiveRunAfterItsDuration() throws IOException {
    long beforeMs = System.currentTimeMillis();
    int exitCode = dryRun("--rate", "500", "--duration", "1s");

    long afterMs = System.currentTimeMillis();
    assertThat(exitCode).isZero();
    assertThat(transactions()).isNotEmpty();
    assertThat(transactions())
        .allSatisfy(
            transaction ->
                assertThat(transaction.get("timestamp").longValue()).isBetween(beforeMs, afterMs));
  }

  @Test
  void takesAnEndedReaderForTheEndAndNotForAnError() {
    PrintStream closed = new PrintStream(out, true, StandardCharsets.UTF_8);
    closed.close();

    int exitCode = execute(closed, with("--dry-run", "--from", "2026-01-01"));

    assertThat(exitCode).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate fast | Invalid value for option '--rate': 'fast' is not a rate",
        "--rate 0 | Invalid value for option '--rate': '0' is not a rate",
        "--rate max | Invalid value for option '--rate': as fast as possible is now --clock backfill",
        "--duration soon | Invalid value for option '--duration': 'soon' is not a duration",
        "--duration 0 | Invalid value for option '--duration': '0' is not a duration",
        "--count 0 | Invalid value for option '--count'",
        "--count many | Invalid value for option '--count': 'many' is not a whole number",
        "--from noon | Invalid value for option '--from': 'noon' is not a date",
        "--clock backfill | --clock backfill needs --from DATE",
        "--clock live --from 2026-01-01 | --from and --to are about the past",
        "--from 2026-01-01 --catch-up 1h | --catch-up is about the live clock",
        "--from 2026-01-01 --warm-up 5m | --warm-up is about the live clock",
        "--clock later | Invalid value for option '--clock': expected one of",
        "--from 2026-01-02 --to 2026-01-01 | the range must end after it begins",
        "--from 2026-01-01 --to 2999-01-01 | the range ends at 2999-01-01T00:00:00Z, which is yet",
        "--from 2026-01-01 --to 2026-01-02 --duration 1h | --to and --duration both say",
        "--labels all | --labels all is for a backfill",
        "--from 2026-01-01 --to now --labels all | --labels all would send labels that are reported",
        "--labels some | Invalid value for option '--labels': expected one of",
        "--label-delay soon | Invalid value for option '--label-delay': 'soon' is not a duration",
        "--rate 100000 --label-delay 30d | at 100,000 transactions per second and a label delay of",
        "--profile handbook --customers 5 | --profile handbook has the Handbook's own size",
        "--profile handbook --fraud all=0 | --profile handbook has the Handbook's own size",
        "--fraud theft=0.1 | there is no fraud scenario 'theft'; there are high_amount, ",
        "--fraud bust_out=0.5 | fraud scenario bust_out: the share must be 0 to 0.25, not 0.5",
        "--profile other | Invalid value for option '--profile': expected one of",
        "--customers 0 | the number of customers must be 1 to",
        "--start-time now | --start-time is now --clock live",
        "--cards 5 | --cards is gone",
        "--csv some.csv | --csv is now a command of its own",
        "--nonsense | Unknown option: '--nonsense'"
      })
  void refusesWrongOptionsInAWord(String arguments, String message) {
    int exitCode = execute(printStream(), List.of(arguments.split(" ")));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: " + message).contains("--help");
    assertThat(out.size()).isZero();
  }

  @Test
  void failsWithOneLineWhenTheConfigurationFileIsMissing() {
    int exitCode = execute(printStream(), with("--config", "missing.properties"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("error: the configuration file missing.properties does not exist");
  }

  @Test
  void writesTheTruthBesideTheTransactions() throws IOException {
    Path truth = folder.resolve("truth.jsonl");

    backfill("--seed", "42", "--truth", truth.toString());

    Set<String> ids = new HashSet<>();
    for (JsonNode transaction : transactions()) {
      ids.add(transaction.get("transaction_id").textValue());
    }
    for (String line : Files.readAllLines(truth)) {
      assertThat(ids).contains(MAPPER.readTree(line).get("transaction_id").textValue());
    }
  }

  @Test
  void explainsEveryOptionInItsReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    List<String> names = new ArrayList<>();
    for (OptionSpec option : GeneratorCommand.commandLine().getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }
    names.removeAll(ReplacedOptions.names());

    assertThat(names).contains("--rate", "--clock");
    assertThat(names).allSatisfy(name -> assertThat(readme).containsPattern("`" + name + "[` ]"));
  }

  private int dryRun(String... arguments) {
    List<String> all = with(arguments);
    all.add("--dry-run");
    return execute(printStream(), all);
  }

  private int backfill(String... arguments) {
    List<String> all = new ArrayList<>(A_DAY);
    all.addAll(List.of(arguments));
    return dryRun(all.toArray(String[]::new));
  }

  private int execute(PrintStream transactionsOut, List<String> arguments) {
    CommandLine command = GeneratorCommand.commandLine(transactionsOut);
    command.setErr(new PrintWriter(err));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static List<String> with(String... arguments) {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(List.of(arguments));
    return all;
  }

  private PrintStream printStream() {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  private List<JsonNode> transactions() throws IOException {
    List<JsonNode> transactions = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      transactions.add(MAPPER.readTree(line));
    }
    return transactions;
  }
}
