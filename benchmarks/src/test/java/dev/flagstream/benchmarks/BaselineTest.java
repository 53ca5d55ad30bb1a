package dev.flagstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

  private static final Baseline BASELINE =
      new Baseline(Map.of(Workload.FILTER, 0.65, Workload.WINDOWS, 0.75, Workload.JOIN, 0.8));

  @TempDir private Path folder;

  @Test
  void letsAJobBeALittleDearerAndAnyCheaper() {
    assertThat(BASELINE.regressions(Map.of(Workload.FILTER, 0.74, Workload.WINDOWS, 0.4)))
        .isEmpty();
  }

  @Test
  void saysWhichJobHasBecomeDearerAndByHowMuch() {
    assertThat(BASELINE.regressions(Map.of(Workload.FILTER, 0.65, Workload.JOIN, 1.0)))
        .containsExactly(
            "join costs 1.00 of what the program written by hand does; in the baseline it was 0.80"
                + " (+25 %)");
  }

  @Test
  void namesTheJobsThatMustBeMeasuredOnceMore() {
    assertThat(
            BASELINE.dearer(
                Map.of(Workload.JOIN, 0.93, Workload.WINDOWS, 0.7, Workload.FILTER, 0.76)))
        .containsExactly(Workload.FILTER, Workload.JOIN);
  }

  @Test
  void isTheSameWhenItIsReadAgain() throws Exception {
    Path file = folder.resolve("baseline.json");
    BASELINE.write(file);

    assertThat(Baseline.read(file)).isEqualTo(BASELINE);
  }

  @Test
  void saysWhatToDoWithoutABaselineOrWithoutOneOfTheJobs() throws Exception {
    Path file = folder.resolve("baseline.json");
    assertThatThrownBy(() -> Baseline.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("There is no baseline " + file)
        .hasMessageContaining("make bench-check OPTIONS=--take");

    Files.writeString(file, "{\"ratios\": {\"filter\": 0.6, \"windows\": 0.7, \"join\": \"?\"}}");
    assertThatThrownBy(() -> Baseline.read(file)).hasMessageContaining("no ratio of the job join");
  }
}
