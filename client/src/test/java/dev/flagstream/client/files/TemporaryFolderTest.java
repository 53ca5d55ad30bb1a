package dev.flagstream.client.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

  private static final String KIND = "flagstream-test-folder";

  @Test
  void goesWithAllThatIsInIt() throws Exception {
    TemporaryFolder folder = TemporaryFolder.make(KIND);
    Path deep = Files.createDirectories(folder.path().resolve("a/b"));
    Files.writeString(deep.resolve("c"), "d");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");

    folder.close();

    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void removesWhatIsLeftOfKilledProcessesAndNothingElse() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    try (TemporaryFolder running = TemporaryFolder.make(KIND)) {
      Path left = sibling(running, KIND + "-" + ended.pid() + "-of-yesterday");
      Files.writeString(left.resolve("file"), "left");
      Path ofAnotherKind = sibling(running, KIND + "s-" + ended.pid() + "-of-yesterday");

      TemporaryFolder.make(KIND).close();

      assertThat(left).doesNotExist();
      assertThat(running.path()).isDirectory();
      assertThat(ofAnotherKind).isDirectory();
      Files.delete(ofAnotherKind);
    }
  }

  private static Path sibling(TemporaryFolder folder, String name) throws Exception {
    return Files.createDirectory(folder.path().resolveSibling(name));
  }

  @Test
  void goesWithTheProcess() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName())
            .redirectErrorStream(true)
            .start();
    String path = java.inputReader().readLine();
    assertThat(Path.of(path)).isDirectory();

    java.getOutputStream().close();
    java.waitFor();

    assertThat(Path.of(path)).doesNotExist();
  }

  /** Makes a folder, and ends without closing it as soon as its input does. */
  static final class Owner {
    public static void main(String[] args) throws Exception {
      System.out.println(TemporaryFolder.make(KIND).path());
      System.exit(System.in.read() + 1);
    }
  }
}
