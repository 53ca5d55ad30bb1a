package dev.flagstream.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run whose outcome is kept in a file, so that one page can tell of runs of several days.
 *
 * @param command the command line that runs the same again
 * @param day when it began, as in {@code 2026-11-30}
 */
record QualifiedRun(String command, String day, CrashTest.Result result) {

  /** In the folder of each run. */
  static final String FILE_NAME = "result.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes it over whatever is there. */
  void write(Path file) {
    try {
      Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if there is no such file, or something else in it
   */
  static QualifiedRun read(Path file) {
    try {
      QualifiedRun run = JSON.readValue(file.toFile(), QualifiedRun.class);
      if (run.command == null || run.day == null || run.result == null) {
        throw new IllegalArgumentException(file + " is not the result of a run");
      }
      return run;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read as the result of a run: " + e.getMessage(), e);
    }
  }
}
