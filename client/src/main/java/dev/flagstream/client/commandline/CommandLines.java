package dev.flagstream.client.commandline;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The manners that all command lines of the project have. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * A command line that is ready to execute. Values of an enum may be written in any case. A wrong
   * option is answered by a sentence, what may have been meant, and where the help is, with exit
   * code 2; what nobody expected by a sentence and a file with the stack trace, with exit code 1.
   *
   * @param command an object with picocli's annotations; its annotated subcommands get the same
   *     manners
   */
  public static CommandLine of(Object command) {
    return OptionNumbers.readBy(new CommandLine(command))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(CommandLines::explain)
        .setExecutionExceptionHandler(UnexpectedFailure::explain);
  }

  private static int explain(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
    return CommandLine.ExitCode.USAGE;
  }
}
