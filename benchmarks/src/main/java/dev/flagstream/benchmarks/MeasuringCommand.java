package dev.flagstream.benchmarks;

import dev.flagstream.client.commandline.CommandLines;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine;

/** What the programs that measure have in common. */
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

  /**
   * A bar with the remaining time, on standard error; the caller steps and closes it.
   *
   * @param task what is done, in a word
   * @param steps how many there are
   */
  public static ProgressBar progress(String task, long steps) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setUpdateIntervalMillis(1_000)
        .build();
  }
}
