package dev.flagstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands say when they cannot do what they are asked. */
class TrainingCommandTest {

  @TempDir private Path directory;
  private final StringWriter err = new StringWriter();

  @Test
  void namesAFileThatIsNotThere() {
    Path none = directory.resolve("none.csv");

    assertThat(run("train", "--data=" + none)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("train failed: the file " + none + " does not exist");
  }

  @Test
  void namesTheHandbooksFileIfItIsNotThere() {
    Path none = directory.resolve("none.csv.gz");

    assertThat(run("handbook", "--features=batch", "--data=" + none)).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("handbook failed: there is no " + none);
  }

  @Test
  void saysWhatIsWrongWithAnOptionInTwoLines() {
    assertThat(run("train", "--models=nope")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: No model nope; there are [forest, logistic, boosting, isolation]",
            "See flagstream-training train --help.");
  }

  @Test
  void saysThatOneRowIsTooFew() throws IOException {
    Path csv = Files.writeString(directory.resolve("one.csv"), "x,Class\n1,0\n");

    assertThat(run("train", "--data=" + csv)).isEqualTo(1);
    assertThat(err.toString()).startsWith("train failed: ").contains("1 rows");
  }

  @Test
  void refusesABundleThatItCouldNotCompareWithBeforeItTrains() throws IOException {
    Path csv = UlbLikeCsv.write(directory.resolve("creditcard.csv"), 2_000, 7);
    Path bundle = Files.createDirectories(directory.resolve("models/forest"));
    Path manifest = Files.writeString(bundle.resolve("manifest.json"), "oops");

    int exit =
        run(
            "train",
            "--data=" + csv,
            "--out=" + directory.resolve("models"),
            "--work=" + directory.resolve("work"),
            "--models=forest",
            "--heap=256m");

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains(manifest + " is not a manifest");
    assertThat(directory.resolve("work/forest.zip")).doesNotExist();
  }

  private int run(String... arguments) {
    CommandLine command =
        TrainingCommand.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
