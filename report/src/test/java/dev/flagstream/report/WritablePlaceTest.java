package dev.flagstream.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritablePlaceTest {

  @TempDir private Path folder;

  @Test
  void aNewFileAFileThatIsThereAndFoldersThatAreMissingAreNoTrouble() throws IOException {
    Path there = Files.writeString(folder.resolve("there.html"), "of yesterday");

    assertThat(WritablePlace.reasonAgainstFile(folder.resolve("new.html"))).isEmpty();
    assertThat(WritablePlace.reasonAgainstFile(there)).isEmpty();
    assertThat(WritablePlace.reasonAgainstFile(folder.resolve("a/b/c.html"))).isEmpty();
    assertThat(WritablePlace.reasonAgainstFolder(folder.resolve("a/b"))).isEmpty();
    assertThat(WritablePlace.reasonAgainstFile(Path.of("a name alone"))).isEmpty();
  }

  @Test
  void aFolderIsNotWrittenOver() {
    assertThat(WritablePlace.reasonAgainstFile(folder))
        .contains(folder + " is a folder; name the file to write");
  }

  @Test
  void belowAFileThereIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "not a folder");

    assertThat(WritablePlace.reasonAgainstFile(file.resolve("deeper/page.html")))
        .contains(file + " is a file, and a folder is needed there");
    assertThat(WritablePlace.reasonAgainstFolder(file))
        .contains(file + " is a file, and a folder is needed there");
  }

  @Test
  void whatMayNotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.html"), "kept");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assertThat(file.toFile().setReadOnly() && closed.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(file), "this user may write everywhere, as root does");

    assertThat(WritablePlace.reasonAgainstFile(file))
        .contains(file + " is there, and may not be written");
    assertThat(WritablePlace.reasonAgainstFile(closed.resolve("page.html")))
        .contains("nothing can be written in " + closed);
  }
}
