package dev.flagstream.engine.scenario;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoadException;
import dev.flagstream.engine.function.loader.FunctionLoader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL scenarios without a broker and shows what differs. */
@Command(
    name = "test-sql",
    mixinStandardHelpOptions = true,
    description = "Runs SQL scenarios (*.scenario) without a broker.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything came out as expected, or was rewritten",
      "1:something else came out, or a scenario cannot be run",
      "2:there is nothing to run, or an option is wrong"
    })
public final class SqlScenariosCommand implements Callable<Integer> {

  private static final double NANOS_PER_MS = 1e6;
  private static final double MS_PER_SECOND = 1e3;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Folders of scenarios, or single ones.")
  private List<Path> paths = List.of();

  @Option(
      names = "--extension-dir",
      description = "Folder with the UDF jars that the SQL uses; built-in functions need none.")
  private Path extensionDirectory;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "Run only scenarios whose path contains this text.")
  private String only = "";

  @Option(
      names = "--rewrite",
      description = "Take what comes out as what is expected, and rewrite the files.")
  private boolean rewrite;

  @Option(
      names = {"-q", "--quiet"},
      description = "Name only the scenarios that fail.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  /** Runs the command and ends the process: 0 if all came out as expected, 1 if not, 2 on usage. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new SqlScenariosCommand()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Path> missing = paths.stream().filter(path -> !Files.exists(path)).findFirst();
    if (missing.isPresent()) {
      return refuse(
          "There is no " + missing.get() + ". Name a folder of scenarios: make test-sql DIR=…");
    }
    List<SqlScenario> scenarios;
    try {
      scenarios = scenarios();
    } catch (FunctionLoadException e) {
      return refuse(e.getMessage());
    }
    if (scenarios.isEmpty()) {
      return refuse(
          "There are no files *%s in %s%s"
              .formatted(
                  SqlScenarios.ENDING,
                  paths.stream().map(Path::toString).reduce((a, b) -> a + ", " + b).orElse(""),
                  only.isEmpty() ? "" : " with '" + only + "' in their path"));
    }
    return new Report(out, spec.commandLine().getColorScheme().ansi()).run(scenarios);
  }

  private int refuse(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(message);
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private List<SqlScenario> scenarios() {
    FunctionCatalog functions =
        extensionDirectory == null
            ? FunctionLoader.builtIn()
            : FunctionLoader.load(extensionDirectory);
    return paths.stream()
        .flatMap(path -> SqlScenarios.in(path, functions).stream())
        .filter(scenario -> scenario.path().toString().contains(only))
        .toList();
  }

  /** Tells how each scenario went, and all of them. */
  private final class Report {
    private final PrintWriter out;
    private final Ansi ansi;
    private final List<SqlScenario> failed = new ArrayList<>();
    private int passed;
    private int rewritten;

    Report(PrintWriter out, Ansi ansi) {
      this.out = out;
      this.ansi = ansi;
    }

    int run(List<SqlScenario> scenarios) {
      long startNanos = System.nanoTime();
      scenarios.forEach(this::run);
      double tookMs = (System.nanoTime() - startNanos) / NANOS_PER_MS;
      if (failed.size() > 1) {
        out.println("failed:");
        failed.forEach(scenario -> out.println("  " + scenario.path()));
      }
      out.println(
          "scenarios: %d passed, %d failed%s (%.1f s, %.0f ms each)"
              .formatted(
                  passed,
                  failed.size(),
                  rewritten == 0 ? "" : ", " + rewritten + " rewritten",
                  tookMs / MS_PER_SECOND,
                  tookMs / scenarios.size()));
      out.flush();
      return failed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void run(SqlScenario scenario) {
      long startNanos = System.nanoTime();
      try {
        List<String> differences = scenario.run(rewrite);
        long tookMs = Math.round((System.nanoTime() - startNanos) / NANOS_PER_MS);
        if (differences.isEmpty()) {
          passed++;
          if (!quiet) {
            out.println(
                coloured("ok  ", Style.fg_green) + " " + scenario.title() + " (" + tookMs + " ms)");
          }
        } else if (rewrite) {
          rewritten++;
          out.println(coloured("new ", Style.fg_yellow) + " " + scenario.title());
          differences.forEach(this::printRow);
        } else {
          fail(scenario);
          differences.forEach(this::printRow);
        }
      } catch (ScenarioException e) {
        fail(scenario);
        out.println("    " + e.getMessage().replace("\n", "\n    "));
      }
      out.flush();
    }

    private void fail(SqlScenario scenario) {
      failed.add(scenario);
      out.println(coloured("FAIL", Style.fg_red, Style.bold) + " " + scenario.title());
    }

    private void printRow(String row) {
      String sign = row.strip();
      if (row.startsWith("    -")) {
        out.println(coloured(row, Style.fg_red));
      } else if (row.startsWith("    +")) {
        out.println(coloured(row, Style.fg_green));
      } else {
        out.println(sign.startsWith("^") ? coloured(row, Style.fg_yellow) : row);
      }
    }

    private String coloured(String text, Style... styles) {
      return ansi.enabled() ? Style.on(styles) + text + Style.off(styles) : text;
    }
  }
}
