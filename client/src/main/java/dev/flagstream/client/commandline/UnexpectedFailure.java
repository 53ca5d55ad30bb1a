package dev.flagstream.client.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Puts what nobody expected into a sentence; its stack trace goes to a file. */
final class UnexpectedFailure {

  private UnexpectedFailure() {}

  /** Says what failed and where the stack trace is, and returns the exit code. */
  static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    String reason =
        problem.getMessage() == null
            ? problem.getClass().getSimpleName()
            : problem.getMessage().lines().findFirst().orElse("");
    command
        .getErr()
        .println(
            "error: " + command.getCommandName() + " failed: " + reason + "." + trace(problem));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String trace(Exception problem) {
    try {
      Path file = Files.createTempFile("flagstream-error-", ".log");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        problem.printStackTrace(out);
      }
      return " What led to it is in " + file + "; a report of this should hold that file.";
    } catch (IOException e) {
      return ""; // The reason has been said all the same.
    }
  }
}
