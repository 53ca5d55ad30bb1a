package dev.flagstream.local.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureTest {

  /** Commands that other tests run in this process choose a log. */
  @BeforeEach
  void chooseNoLog() {
    System.clearProperty(LogFile.PROPERTY);
  }

  @Test
  void saysThatTheDiskIsFullHoweverDeepTheCauseLies() {
    FileSystemException cause =
        new FileSystemException("/data/kafka/log", null, "No space left on device");

    Failure failure =
        Failure.of("demo", new IllegalStateException("Flush", new UncheckedIOException(cause)));

    assertThat(failure.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(failure.sentence())
        .startsWith("The disk is full (/data/kafka/log: No space left on device).")
        .contains("--data DIR");
  }

  @Test
  void saysWhichFolderMayNotBeWritten() {
    assertThat(Failure.of("demo", new AccessDeniedException("/data/kafka")))
        .isEqualTo(
            new Failure(
                "No permission to write /data/kafka. Give the folder to this user, or another one"
                    + " with --data DIR.",
                ExitCodes.DATA));
    assertThat(Failure.of("demo", new FileSystemException("/d", null, "Read-only file system")))
        .extracting(Failure::exitCode)
        .isEqualTo(ExitCodes.DATA);
  }

  @Test
  void saysThatAPortWasTakenMeanwhile() {
    assertThat(
            Failure.of("demo", new RuntimeException(new BindException("Address already in use"))))
        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCodes.USAGE))
        .satisfies(failure -> assertThat(failure.sentence()).contains("port was taken"));
  }

  @Test
  void givesMemoryItsOwnCode() {
    Failure failure =
        Failure.of("demo", new RuntimeException(new OutOfMemoryError("Java heap space")));

    assertThat(failure.exitCode()).isEqualTo(ExitCodes.MEMORY);
    assertThat(failure.sentence()).contains("JAVA_OPTS").contains("goes on where it was");
  }

  @Test
  void putsTheStackTraceOfTheUnknownIntoAFileAndNamesIt() throws IOException {
    Failure failure = Failure.of("windows", new IllegalStateException("unheard of\nsecond line"));

    assertThat(failure.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(failure.sentence())
        .startsWith("windows failed: unheard of.")
        .doesNotContain("second line");
    Path file =
        Path.of(failure.sentence().replaceAll("(?s).* is in (.*); a report of this.*", "$1"));
    assertThat(Files.readString(file)).contains("\tat ").contains("unheard of");
    Files.delete(file);
  }

  @Test
  void keepsTheWordsOfAStackException() {
    assertThat(Failure.of("demo", new StackException(ExitCodes.DATA, "Do this.", null)))
        .isEqualTo(new Failure("Do this.", ExitCodes.DATA));
  }
}
