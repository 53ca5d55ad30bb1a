package dev.flagstream.training.h2o;

import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.training.model.LogisticSettings;
import dev.flagstream.training.table.FeatureTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2oProcessTest {

  @Test
  void tellsWhyH2oRefusesAndGoesOn(@TempDir Path directory) throws IOException {
    FeatureTable withoutFrauds =
        new FeatureTable(List.of("x"), List.of(honest("2018-08-08T00:00:00Z", "a")));
    try (H2oProcess h2o = H2oProcess.start(directory, "256m", 1)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(
                () ->
                    h2o.train(
                        new LogisticSettings(0, 1),
                        1,
                        withoutFrauds,
                        List.of(),
                        directory.resolve("model.zip"),
                        share -> {}))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("H2O could not train glm");
      }
    }
    assertThat(directory.resolve("h2o.log")).exists();
  }

  /**
   * The JVM says the one on standard error, and the other, unless it is told, on standard output.
   */
  @ParameterizedTest
  @CsvSource({"oops, -Xmxoops", "1m, Too small maximum heap"})
  void anUnusableHeapIsToldWithTheLog(String heap, String message, @TempDir Path directory)
      throws IOException {
    try (H2oProcess h2o = H2oProcess.start(directory, heap, 1)) {
      assertThatItsEndIsTold(h2o, directory, message);
    }
  }

  @Test
  void aProcessThatEndedBeforeItWasAskedIsToldTheSameWayAndCanBeClosed(@TempDir Path directory)
      throws IOException {
    try (H2oProcess h2o = H2oProcess.start(directory, "oops", 1)) {
      ProcessHandle.current().children().forEach(child -> child.onExit().join());
      assertThatItsEndIsTold(h2o, directory, "-Xmxoops");
    }
  }

  private static void assertThatItsEndIsTold(H2oProcess h2o, Path directory, String message) {
    FeatureTable rows =
        new FeatureTable(List.of("x"), List.of(honest("2018-08-08T00:00:00Z", "a")));
    assertThatThrownBy(
            () ->
                h2o.train(
                    new LogisticSettings(0, 1),
                    1,
                    rows,
                    List.of(),
                    directory.resolve("model.zip"),
                    share -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("h2o.log")
        .hasMessageContaining(message);
  }
}
