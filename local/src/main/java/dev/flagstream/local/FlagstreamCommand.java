package dev.flagstream.local;

import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.local.command.ApplyCommand;
import dev.flagstream.local.command.AwaitUdfsCommand;
import dev.flagstream.local.command.BrokerCommand;
import dev.flagstream.local.command.ConnectCommand;
import dev.flagstream.local.command.DemoCommand;
import dev.flagstream.local.command.FunctionsCommand;
import dev.flagstream.local.command.RegisterCommand;
import dev.flagstream.local.command.RehearseCommand;
import dev.flagstream.local.command.SqlCommand;
import dev.flagstream.local.command.StackCommand;
import dev.flagstream.local.command.StatusCommand;
import dev.flagstream.local.command.StoreCommand;
import dev.flagstream.local.command.TranscriptsCommand;
import dev.flagstream.local.command.WindowsCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * The command line of the local stack. Exit code 0: all is well; 1: it failed, or the ledger does
 * not balance; 2: the options are wrong or a port is taken.
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
      ApplyCommand.class,
      RegisterCommand.class,
      WindowsCommand.class,
      StatusCommand.class,
      FunctionsCommand.class,
      AwaitUdfsCommand.class,
      TranscriptsCommand.class,
      RehearseCommand.class
    })
public final class FlagstreamCommand {

  private FlagstreamCommand() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers and dates look the same everywhere, and the fakers' data too.
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests too. */
  static CommandLine commandLine() {
    return new CommandLine(new FlagstreamCommand())
        .addSubcommand("generate", GeneratorCommand.commandLine())
        .setExecutionExceptionHandler(FlagstreamCommand::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (!(problem instanceof StackException)) {
      throw problem;
    }
    command.getErr().println(command.getColorScheme().errorText(problem.getMessage()));
    return problem instanceof PortsTakenException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }
}
