package dev.flagstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The known inputs: the seeds from which a fuzzer begins, and all that was ever found. */
class CorpusTest {

  /** Any input takes milliseconds; this only ends what has no end. */
  private static final Duration WATCHDOG = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(Reader.class)
  void everyKnownInputIsReadOrRefusedWithinItsBounds(Reader reader) throws Exception {
    List<KnownInput> inputs = KnownInput.of(reader);
    assertThat(inputs).as("inputs of %s", reader.id()).isNotEmpty();
    FuzzTarget target = reader.open();

    for (KnownInput input : inputs) {
      assertTimeoutPreemptively(
          WATCHDOG, () -> tryOut(target, input), () -> input.name() + " has no end");
    }
  }

  private static void tryOut(FuzzTarget target, KnownInput input) {
    try {
      BoundedRun.of(target, input.bytes());
    } catch (Throwable e) { // whatever it is, the reader of the test wants to know of which input
      throw new AssertionError(input.name() + ": " + e, e);
    }
  }

  @Test
  void theProjectsOwnFilesAreAmongThem() throws IOException {
    assertThat(KnownInput.ofTheProject(Reader.SQL)).hasSizeGreaterThan(20);
    assertThat(KnownInput.ofTheProject(Reader.CONNECTORS)).hasSizeGreaterThan(3);
    assertThat(KnownInput.ofTheProject(Reader.MANIFEST)).hasSizeGreaterThan(3);
  }
}
