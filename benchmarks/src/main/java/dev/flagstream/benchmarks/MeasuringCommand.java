package dev.flagstream.benchmarks;

import dev.flagstream.client.commandline.CommandLines;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A measurement as a program of its own. */
public final class MeasuringCommand {

  private MeasuringCommand() {}

  /**
   * Runs a command and ends this JVM with its exit code. A failure is printed in one line: what
   * failed is mostly another program, whose last words are in it.
   */
  public static void run(Callable<Integer> command, String... args) {
    System.exit(
        CommandLines.of(command)
            .setExecutionExceptionHandler(
                (problem, line, parsed) -> {
                  line.getErr().println("The measurement failed: " + problem.getMessage());
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }
}
