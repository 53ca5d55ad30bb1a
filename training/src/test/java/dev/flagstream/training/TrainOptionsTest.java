package dev.flagstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that cannot be are refused before the data are read, not after training. */
class TrainOptionsTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writesAFileWhereAFolderIsNeeded() throws IOException {
    file = Files.writeString(folder.resolve("notes.txt"), "not a folder");
  }

  @Test
  void refusesToPutBundlesInAFile() {
    assertThat(refusalOf("--out=" + file))
        .startsWith("error: --out: %s is a file, and a folder is needed there".formatted(file));
  }

  @Test
  void refusesToPutBundlesBelowAFile() {
    assertThat(refusalOf("--out=" + file.resolve("models")))
        .startsWith("error: --out: %s is a file, and a folder is needed there".formatted(file));
  }

  @Test
  void refusesToWriteTheReportBelowAFile() {
    assertThat(refusalOf("--report=" + file.resolve("report.html")))
        .startsWith("error: --report: %s is a file, and a folder is needed there".formatted(file));
  }

  @Test
  void refusesToWriteTheReportOverAFolder() {
    assertThat(refusalOf("--report=" + folder))
        .startsWith("error: --report: %s is a folder; name the file to write".formatted(folder));
  }

  @Test
  void refusesThreadsAndHeapsThatH2oCannotHave() {
    assertThat(refusalOf("--threads=0")).startsWith("error: --threads: 0; H2O needs 1 or more");
    assertThat(refusalOf("--heap=much"))
        .startsWith("error: --heap: 'much' is no size such as 3g or 800m");
  }

  /** Data that are not there end at once what is not refused. */
  private String refusalOf(String option) {
    StringWriter err = new StringWriter();
    int exit =
        TrainingCommand.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("train", "--data=" + folder.resolve("none.csv"), option);
    assertThat(exit).as(err.toString()).isEqualTo(2);
    return err.toString();
  }
}
