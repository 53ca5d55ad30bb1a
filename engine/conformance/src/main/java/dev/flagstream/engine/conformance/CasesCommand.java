package dev.flagstream.engine.conformance;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.engine.conformance.cases.CaseSuite;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs files of ksqlDB's query-validation cases against this engine and reports how it did. */
@Command(
    name = "cases",
    mixinStandardHelpOptions = true,
    description = "Runs ksqlDB's query-validation cases against this engine.")
public final class CasesCommand implements Callable<Integer> {

  private static final int THREADS = 2;

  @Option(
      names = "--cases",
      required = true,
      description = "Folder with the case files (*.json), or one such file.")
  private Path cases;

  @Option(
      names = "--report",
      required = true,
      description = "File to write the table of files and each case that does not pass to.")
  private Path report;

  @Option(names = "--only", description = "Run only cases whose file or name contains this text.")
  private String only = "";

  @Option(
      names = "--extension-dir",
      description =
          "Folder of jars with functions that the cases call and that are not built in. Without it"
              + " such cases are unsupported.")
  private Optional<Path> extensions = Optional.empty();

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the process: 0 if the cases meet the aim, 1 if not, 2 on bad usage.
   */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new CasesCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (cases.toString().isEmpty() || !Files.exists(cases)) {
      out.println(
          "There are no cases at '"
              + cases
              + "'. They belong to ksqlDB and are no part of this project: get them from its public"
              + " repository (query-validation-tests) and name their folder, as in"
              + " make ksqldb-cases CASES=folder");
      return CommandLine.ExitCode.USAGE;
    }
    if (extensions.isPresent() && !Files.isDirectory(extensions.get())) {
      out.println("There is no folder of extensions at '" + extensions.get() + "'.");
      return CommandLine.ExitCode.USAGE;
    }
    // Some cases write the zone's name: the recorded servers call theirs UTC, machines also
    // Etc/UTC.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    FunctionCatalog builtIn = FunctionLoader.builtIn();
    FunctionCatalog functions = extensions.map(FunctionLoader::load).orElse(builtIn);
    CaseSuite.Summary summary = CaseSuite.load(cases, only).run(functions, builtIn, THREADS);
    Files.writeString(report, summary.report());
    extensions.ifPresent(
        folder ->
            out.printf(
                "%d of the cases that passed call functions of %s%n",
                summary.passedWithExtensions(), folder));
    out.print(summary.byKind());
    out.println(summary.line());
    return summary.meetsAim() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
