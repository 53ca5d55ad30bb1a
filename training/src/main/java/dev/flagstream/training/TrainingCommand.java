package dev.flagstream.training;

import dev.flagstream.client.commandline.CommandLines;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of this module. */
@Command(
    name = "flagstream-training",
    mixinStandardHelpOptions = true,
    description = "Turns labelled history into evaluated, versioned model bundles.",
    subcommands = {TrainCommand.class, HandbookCommand.class})
public final class TrainingCommand {

  private TrainingCommand() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for the main method and for tests. */
  static CommandLine commandLine() {
    return CommandLines.of(new TrainingCommand())
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              command.getErr().println(command.getCommandName() + " failed: " + reasonOf(problem));
              if (System.getenv("FLAGSTREAM_DEBUG") != null) {
                problem.printStackTrace(command.getErr());
              }
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  /** The reason in words, also where the exception's message is missing or only a name. */
  private static String reasonOf(Exception problem) {
    if (problem instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    boolean onlyAName = problem instanceof FileSystemException file && file.getReason() == null;
    return problem.getMessage() == null || onlyAName ? problem.toString() : problem.getMessage();
  }
}
