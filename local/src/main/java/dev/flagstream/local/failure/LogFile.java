package dev.flagstream.local.failure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Where the libraries log; to be set before the first of them logs. */
public final class LogFile {

  static final String PROPERTY = "flagstream.log";

  private LogFile() {}

  /** From now on warnings and errors go to this file; without this call they go nowhere. */
  public static void use(Path file) {
    System.setProperty(PROPERTY, file.toString());
    System.setProperty("flagstream.log.level", "warn");
  }

  /**
   * Writes down what happened, with its stack trace: in the log, or in a file of its own if there
   * is no log.
   *
   * @return the file; empty if nothing can be written any more
   */
  public static Optional<Path> write(String what, Throwable problem) {
    String log = System.getProperty(PROPERTY);
    if (log != null) {
      LoggerFactory.getLogger(LogFile.class).error(what, problem);
      return Optional.of(Path.of(log));
    }
    try {
      Path file = Files.createTempFile("flagstream-error-", ".log");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        out.println(what);
        problem.printStackTrace(out);
      }
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
