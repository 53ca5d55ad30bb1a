package dev.flagstream.generator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void writesOnePageWithEveryScenarioAndNoCardNumber() throws IOException {
    Path page = folder.resolve("page.html");

    int exit = run("--customers", "1000", "--days", "20", "--out", page.toString());

    assertThat(err.toString()).contains("the page is " + page);
    assertThat(exit).isZero();
    String html = Files.readString(page);
    Iterator<SimulatedTransaction> same =
        Simulation.of(SimulationParameters.ofCustomers(42, 1000)).from(FROM);
    long frauds = 0;
    for (SimulatedTransaction each = same.next();
        each.transaction().timestampMs() < FROM.plusSeconds(20 * 86_400).toEpochMilli();
        each = same.next()) {
      assertThat(html).doesNotContain(each.transaction().cardNumber());
      if (each.isFraud()) {
        frauds++;
        assertThat(html).contains(each.scenario().map(FraudScenario::label).orElseThrow());
      }
    }
    assertThat(frauds).isPositive();
    assertThat(html).contains(String.format("of which %,d (", frauds));
  }

  @Test
  void makesTheSamePageOfTheSameSeed() throws IOException {
    Path first = folder.resolve("first.html");
    Path second = folder.resolve("second.html");

    run("--customers", "200", "--days", "3", "--out", first.toString());
    run("--customers", "200", "--days", "3", "--out", second.toString());

    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void saysWhichOptionIsWrong() {
    assertThat(run("--days", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Invalid value for option '--days': must be 1 or more");
    assertThat(run("--customers", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("the number of customers must be 1 to");
  }

  @Test
  void refusesAPageThatCannotBeWrittenBeforeItSimulates() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "not a folder");

    int exit = run("--customers", "50", "--days", "1", "--out", inTheWay + "/page.html");

    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .contains("--out: %s is a file, and a folder is needed there".formatted(inTheWay))
        .doesNotContain("looking at");
  }

  private int run(String... options) {
    CommandLine command = GeneratorCommand.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.getSubcommands().get("report").setErr(new PrintWriter(err, true));
    String[] args = new String[options.length + 1];
    args[0] = "report";
    System.arraycopy(options, 0, args, 1, options.length);
    return command.execute(args);
  }
}
