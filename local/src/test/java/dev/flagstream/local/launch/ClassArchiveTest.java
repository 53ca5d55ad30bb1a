package dev.flagstream.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.FlagstreamCommand;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes of our own command line in an archive. What the whole stack loads is archived by each
 * build; a JVM that crashes then only makes each start slow, and says so where nobody looks.
 */
class ClassArchiveTest {

  @TempDir private Path folder;

  @Test
  void theJvmCanArchiveTheClassesOfTheCommandLine() throws Exception {
    Path archive = folder.resolve("classes.jsa");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + archive,
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-cp",
                jars(),
                FlagstreamCommand.class.getName(),
                "--version")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(archive).as(said).exists();
  }

  /** The class path, without its empty entries; only classes of jars can be archived. */
  private String jars() {
    List<String> jars = new ArrayList<>();
    StringTokenizer entries =
        new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
    while (entries.hasMoreTokens()) {
      String entry = entries.nextToken();
      jars.add(Files.isDirectory(Path.of(entry)) ? jar(entry, jars.size()) : entry);
    }
    return String.join(File.pathSeparator, jars);
  }

  private String jar(String classes, int number) {
    String jar = folder.resolve(number + ".jar").toString();
    int exitCode =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "--create", "--file", jar, "-C", classes, ".");
    assertThat(exitCode).as("jar of " + classes).isZero();
    return jar;
  }
}
