package dev.flagstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The known inputs: the seeds from which a fuzzer begins, and all that was ever found. */
class CorpusTest {

  /** Any input takes milliseconds; this only ends what has no end. */
  private static final Duration WATCHDOG = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(Reader.class)
  void everyKnownInputIsReadOrRefusedWithinItsBounds(Reader reader) throws Exception {
    List<Path> inputs = inputs(reader);
    assertThat(inputs).as("inputs of %s", reader.id()).isNotEmpty();
    FuzzTarget target = reader.open();

    for (Path input : inputs) {
      byte[] bytes = Files.readAllBytes(input);
      assertTimeoutPreemptively(
          WATCHDOG, () -> tryOut(target, bytes, input), () -> input + " has no end");
    }
  }

  private static void tryOut(FuzzTarget target, byte[] bytes, Path input) {
    try {
      BoundedRun.of(target, bytes);
    } catch (Throwable e) { // whatever it is, the reader of the test wants to know of which input
      throw new AssertionError(input + ": " + e, e);
    }
  }

  private static List<Path> inputs(Reader reader) throws IOException {
    try (Stream<Path> files = Files.list(ProjectFiles.CORPUS.resolve(reader.id()))) {
      return files.sorted().toList();
    }
  }
}
