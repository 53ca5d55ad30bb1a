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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class GeneratorCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> SMALL = List.of("--customers", "50", "--merchants", "2000");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void printsAsManyTransactionsAsAskedFor() throws IOException {
    int exitCode = dryRun("--count", "25", "--rate", "max", "--seed", "42");

    assertThat(exitCode).isZero();
    assertThat(transactions()).hasSize(25);
    assertThat(err.toString())
        .contains("sent 25, acknowledged 25, failed 0")
        .contains("--seed 42 --start-time 2026-01-01T00:00:00Z");
  }

  @Test
  void repeatsARunWithTheSeedThatItPrinted() {
    dryRun("--count", "20", "--rate", "max");
    String first = out.toString(StandardCharsets.UTF_8);
    String seed = err.toString().replaceAll("(?s).*--seed (\\d+).*", "$1");
    out.reset();

    dryRun("--count", "20", "--rate", "max", "--seed", seed);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(first);
  }

  @Test
  void drawsAnotherSeedForEachRunThatNamesNone() {
    dryRun("--count", "20", "--rate", "max");
    String first = out.toString(StandardCharsets.UTF_8);
    out.reset();

    dryRun("--count", "20", "--rate", "max");

    assertThat(out.toString(StandardCharsets.UTF_8)).isNotEqualTo(first);
  }

  @Test
  void endsAPacedRunByEventTime() throws IOException {
    dryRun("--rate", "500", "--duration", "1s", "--seed", "42");

    List<JsonNode> transactions = transactions();
    long startMs = 1_767_225_600_000L;
    assertThat(transactions).hasSizeBetween(400, 600);
    assertThat(transactions)
        .allSatisfy(
            transaction ->
                assertThat(transaction.get("timestamp").longValue())
                    .isBetween(startMs, startMs + 999));
  }

  @Test
  void startsEventTimeNowOnRequest() throws IOException {
    long beforeMs = System.currentTimeMillis();
    dryRun("--count", "1", "--rate", "1000", "--start-time", "now");

    assertThat(transactions().get(0).get("timestamp").longValue())
        .isGreaterThanOrEqualTo(beforeMs)
        .isLessThanOrEqualTo(System.currentTimeMillis());
  }

  @Test
  void takesAnEndedReaderForTheEndAndNotForAnError() {
    PrintStream closed = new PrintStream(out, true, StandardCharsets.UTF_8);
    closed.close();

    int exitCode = execute(closed, with("--dry-run", "--rate", "max"));

    assertThat(exitCode).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate fast | Invalid value for option '--rate': 'fast' is no rate",
        "--duration soon | Invalid value for option '--duration': 'soon' is no duration",
        "--duration 0 | Invalid value for option '--duration': '0' is no duration",
        "--count 0 | Invalid value for option '--count'",
        "--count many | Invalid value for option '--count': 'many' is not a long",
        "--start-time noon | Invalid value for option '--start-time': 'noon' is neither",
        "--customers 0 | the number of customers must be 1 to 1000000000, not 0",
        "--csv some.csv --seed 1 | --seed is about the simulation and cannot go with --csv",
        "--csv some.csv --customers 5 | --customers is about the simulation and cannot go with --csv",
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
  void replaysWhatItMadeFromACsvFile() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("two.csv"),
            """
            transaction_id,card_number,customer_id,customer_age,home_city,amount,currency,merchant,\
            merchant_category,location.city,location.state,location.country,location.lat,\
            location.lon,location_risk_score,timestamp
            t1,4242424242424242,C1,42,Chicago,12.50,USD,Shop,grocery,Chicago,IL,US,41.88,-87.63,0.2,5
            t2,4242424242424242,C1,42,Chicago,oops,USD,Shop,grocery,Chicago,IL,US,41.88,-87.63,0.2,6
            """);

    int exitCode = execute(printStream(), List.of("--dry-run", "--csv", csv.toString()));

    assertThat(exitCode).isZero();
    assertThat(transactions())
        .singleElement()
        .satisfies(
            transaction -> {
              assertThat(transaction.get("transaction_id").textValue()).isEqualTo("t1");
              assertThat(transaction.get("location").get("city").textValue()).isEqualTo("Chicago");
              assertThat(transaction.get("timestamp").longValue()).isEqualTo(5);
            });
    assertThat(err.toString())
        .contains("sent 1, acknowledged 1, failed 0, rejected rows 1")
        .contains("see " + csv + ".rejected.csv");
  }

  @Test
  void explainsEveryOptionInItsReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    List<String> names = new ArrayList<>();
    for (OptionSpec option : GeneratorCommand.commandLine().getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }

    assertThat(names).contains("--rate", "--csv");
    assertThat(names).allSatisfy(name -> assertThat(readme).containsPattern("`" + name + "[` ]"));
  }

  private int dryRun(String... arguments) {
    List<String> all = with(arguments);
    all.add("--dry-run");
    return execute(printStream(), all);
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
