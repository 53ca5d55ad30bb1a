package dev.flagstream.generator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ReplayTest} has what is written. */
class RejectsFileTest {

  @TempDir private Path folder;

  @Test
  void rowsWithCardNumbersAreForTheOwnerOfTheFileAlone() throws IOException {
    Path file = folder.resolve("rejects.csv");

    try (RejectsFile rejects = RejectsFile.at(file, List.of())) {
      assertThat(file).doesNotExist();
      rejects.of(Path.of("a.csv")).add(2, "no amount", "4111111111111111,,");
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file))
        .containsExactly("file,line,reason,row", "a.csv,2,no amount,\"4111111111111111,,\"");
  }
}
