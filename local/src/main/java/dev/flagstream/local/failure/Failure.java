package dev.flagstream.local.failure;

import dev.flagstream.client.ServerException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What went wrong, in words for the terminal; never a stack trace.
 *
 * @param sentence what failed and what to do
 * @param exitCode one of {@link ExitCodes}
 */
public record Failure(String sentence, int exitCode) {

  private static final int CAUSES_LOOKED_AT = 20;

  /**
   * Finds the words for a problem; one without words of its own goes to the log with its stack
   * trace.
   *
   * @param command what was running, such as "demo"
   */
  public static Failure of(String command, Throwable problem) {
    if (problem instanceof ServerException known) {
      return new Failure(known.getMessage(), ExitCodes.FAILED);
    }
    if (problem instanceof StackException known) {
      // Its sentence says what to do; what led to it may still be of use to somebody.
      if (known.getCause() != null) {
        LogFile.write(known.getMessage(), known);
      }
      return new Failure(known.getMessage(), known.exitCode());
    }
    return causes(problem)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .orElseGet(() -> unknown(command, problem));
  }

  /** The innermost first: it says most precisely what happened. */
  private static Stream<Throwable> causes(Throwable problem) {
    Deque<Throwable> causes = new ArrayDeque<>();
    Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
        .limit(CAUSES_LOOKED_AT)
        .forEach(causes::addFirst);
    return causes.stream();
  }

  /** The words for problems that are recognised by a cause, wherever it comes up. */
  private static Optional<Failure> known(Throwable cause) {
    if (cause instanceof ServerException known) {
      return Optional.of(new Failure(known.getMessage(), ExitCodes.FAILED));
    }
    if (cause instanceof StackException known) {
      return Optional.of(new Failure(known.getMessage(), known.exitCode()));
    }
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(new Failure(outOfMemory(), ExitCodes.MEMORY));
    }
    if (cause instanceof BindException) {
      return Optional.of(
          new Failure(
              "A port was taken while the stack started (%s). Stop what listens there and try again."
                  .formatted(cause.getMessage()),
              ExitCodes.USAGE));
    }
    return diskTrouble(cause).map(sentence -> new Failure(sentence, ExitCodes.DATA));
  }

  /** The sentence for a JVM that has run out of memory. */
  public static String outOfMemory() {
    return String.format(
        Locale.ROOT,
        "Out of memory: %,d MiB of heap are not enough. Give more, as in"
            + " make demo JAVA_OPTS=-Xmx1g, or a lower rate (--rate N, make: RATE=N). The data are"
            + " kept; the same command goes on where it was.",
        Runtime.getRuntime().maxMemory() >> 20);
  }

  /**
   * A sentence about a disk that is full or a file that may not be written; empty for other
   * problems.
   */
  public static Optional<String> diskTrouble(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return Optional.of(
          "The disk is full (%s). Make room, or give a folder on another disk with --data DIR."
              .formatted(message));
    }
    if (problem instanceof ReadOnlyFileSystemException
        || message.contains("Read-only file system")) {
      return Optional.of(
          "The file system is read-only (%s). Give a folder that can be written with --data DIR."
              .formatted(message));
    }
    if (problem instanceof AccessDeniedException denied) {
      return Optional.of(
          "No permission to write %s. Give the folder to this user, or another one with --data DIR."
              .formatted(denied.getFile()));
    }
    return problem instanceof FileSystemException file && message.contains("Not a directory")
        ? Optional.of(
            "%s is not a folder. Give another one with --data DIR.".formatted(file.getFile()))
        : Optional.empty();
  }

  private static Failure unknown(String command, Throwable problem) {
    String reason =
        problem.getMessage() == null
            ? problem.getClass().getSimpleName()
            : problem.getMessage().lines().findFirst().orElse("");
    String log =
        LogFile.write(command + " failed", problem)
            .map(
                file ->
                    " What led to it is in " + file + "; a report of this should hold that file.")
            .orElse("");
    return new Failure(command + " failed: " + reason + "." + log, ExitCodes.FAILED);
  }
}
