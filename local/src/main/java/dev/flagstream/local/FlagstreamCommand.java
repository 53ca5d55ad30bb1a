package dev.flagstream.local;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.local.command.AlertsCommand;
import dev.flagstream.local.command.ApplyCommand;
import dev.flagstream.local.command.AwaitUdfsCommand;
import dev.flagstream.local.command.BrokerCommand;
import dev.flagstream.local.command.ConnectCommand;
import dev.flagstream.local.command.DashboardCommand;
import dev.flagstream.local.command.DemoCommand;
import dev.flagstream.local.command.ForgetCommand;
import dev.flagstream.local.command.FunctionsCommand;
import dev.flagstream.local.command.LedgerCommand;
import dev.flagstream.local.command.MetricsCommand;
import dev.flagstream.local.command.PostgresqlCommand;
import dev.flagstream.local.command.QualityCommand;
import dev.flagstream.local.command.RegisterCommand;
import dev.flagstream.local.command.RehearseCommand;
import dev.flagstream.local.command.ScanCommand;
import dev.flagstream.local.command.SqlCommand;
import dev.flagstream.local.command.SqlStoreCommand;
import dev.flagstream.local.command.StackCommand;
import dev.flagstream.local.command.StatusCommand;
import dev.flagstream.local.command.StoreCommand;
import dev.flagstream.local.command.WindowsCommand;
import dev.flagstream.local.command.lake.LakeCommand;
import dev.flagstream.local.command.lake.LakeCompactCommand;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.Failure;
import dev.flagstream.local.failure.LogFile;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the local stack. The exit code says how a command ended: {@link ExitCodes}.
 */
@Command(
    name = "flagstream",
    mixinStandardHelpOptions = true,
    version = "flagstream 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    scope = CommandLine.ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    description = "Real-time card-fraud detection by streaming SQL, in one process.",
    subcommands = {
      DemoCommand.class,
      StackCommand.class,
      BrokerCommand.class,
      SqlCommand.class,
      ConnectCommand.class,
      StoreCommand.class,
      PostgresqlCommand.class,
      SqlStoreCommand.class,
      LakeCommand.class,
      LakeCompactCommand.class,
      ApplyCommand.class,
      RegisterCommand.class,
      WindowsCommand.class,
      AlertsCommand.class,
      DashboardCommand.class,
      MetricsCommand.class,
      LedgerCommand.class,
      ScanCommand.class,
      ForgetCommand.class,
      StatusCommand.class,
      QualityCommand.class,
      FunctionsCommand.class,
      AwaitUdfsCommand.class,
      RehearseCommand.class
    })
public final class FlagstreamCommand {

  private FlagstreamCommand() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers and dates look the same everywhere, and the fakers' data too.
    Locale.setDefault(Locale.ROOT);
    Thread.setDefaultUncaughtExceptionHandler(FlagstreamCommand::threadDied);
    System.exit(execute(args));
  }

  private static int execute(String... args) {
    try {
      return commandLine().execute(args);
    } catch (Throwable e) { // also an Error gets its sentence
      Failure failure = Failure.of("flagstream", e);
      System.err.println(failure.sentence());
      return failure.exitCode();
    }
  }

  /** Logs the death of a thread that nobody waits for; if memory has run out, the process ends. */
  private static void threadDied(Thread thread, Throwable problem) {
    LogFile.write("Thread " + thread.getName() + " died", problem);
    if (problem instanceof OutOfMemoryError) {
      System.err.println(Failure.outOfMemory());
      Runtime.getRuntime().halt(ExitCodes.MEMORY);
    }
  }

  /** The command line, ready to be executed once, also inside another program. */
  public static CommandLine commandLine() {
    return CommandLines.of(new FlagstreamCommand())
        .addSubcommand("generate", GeneratorCommand.commandLine())
        .setExecutionExceptionHandler(FlagstreamCommand::explain);
  }

  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    Failure failure = Failure.of(command.getCommandName(), problem);
    command.getErr().println(command.getColorScheme().errorText(failure.sentence()));
    return failure.exitCode();
  }
}
