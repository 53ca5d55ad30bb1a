package dev.flagstream.engine.testing;

import dev.flagstream.engine.testing.scenario.ScenarioException;
import dev.flagstream.engine.testing.scenario.SqlScenario;
import dev.flagstream.engine.testing.scenario.SqlScenarios;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL scenarios without a broker and shows what differs. */
@Command(
    name = "test-sql",
    mixinStandardHelpOptions = true,
    description = "Runs SQL scenarios (*.scenario) without a broker.")
public final class SqlScenariosCommand implements Callable<Integer> {

  private static final long NANOS_PER_MS = 1_000_000;

  @Parameters(paramLabel = "FOLDER", description = "Folder of scenarios, or one of them.")
  private Path folder;

  @Option(
      names = "--extension-dir",
      required = true,
      description = "Folder with the UDF jars that the SQL uses.")
  private Path extensionDirectory;

  @Option(
      names = "--rewrite",
      description = "Take what comes out as what is expected, and rewrite the files.")
  private boolean rewrite;

  @Spec private CommandSpec spec;

  /** Runs the command and ends the process: 0 if all came out as expected, 1 if not, 2 on usage. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SqlScenariosCommand()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (!Files.exists(folder)) {
      out.println("There is no " + folder + ". Name a folder of scenarios: make test-sql DIR=…");
      return CommandLine.ExitCode.USAGE;
    }
    List<SqlScenario> scenarios = SqlScenarios.in(folder, extensionDirectory);
    long failed = scenarios.stream().filter(scenario -> !passes(scenario, out)).count();
    out.println("scenarios: %d passed, %d failed".formatted(scenarios.size() - failed, failed));
    out.flush();
    return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private boolean passes(SqlScenario scenario, PrintWriter out) {
    long startNanos = System.nanoTime();
    try {
      List<String> differences = scenario.run(rewrite);
      long tookMs = (System.nanoTime() - startNanos) / NANOS_PER_MS;
      out.println(
          "%s %s (%d ms)"
              .formatted(differences.isEmpty() ? "ok  " : "FAIL", scenario.name(), tookMs));
      differences.forEach(out::println);
      return differences.isEmpty();
    } catch (ScenarioException e) {
      out.println("FAIL " + scenario.name());
      out.println(e.getMessage());
      return false;
    }
  }
}
