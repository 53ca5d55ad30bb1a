package dev.flagstream.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flagstream.sh} with a small program in place of the stack. */
class LaunchScriptTest {

  private static final String FROM_THE_ARCHIVE =
      ArchivedProgram.class.getName() + " source: shared objects file (top)";

  @TempDir private Path folder;

  private record Run(int exitCode, String output) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    for (String file : new String[] {"flagstream.sh", "jvm.options"}) {
      Files.copy(Path.of(file), folder.resolve(file));
    }
    Files.createDirectories(folder.resolve("target/lib"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ArchivedProgram.class.getName());
    String entry = ArchivedProgram.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar =
            new JarOutputStream(
                Files.newOutputStream(folder.resolve("target/flagstream-local.jar")), manifest);
        InputStream program = ArchivedProgram.class.getResourceAsStream("/" + entry)) {
      jar.putNextEntry(new JarEntry(entry));
      program.transferTo(jar);
    }
  }

  @Test
  void runsWithoutAnArchiveAndSaysSo() throws Exception {
    Run run = launch("demo", "--duration", "5");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains("archive: none, because there is none: ")
        .contains("arguments: demo --duration 5");
  }

  @Test
  void loadsClassesFromTheArchiveThatItHasMade() throws Exception {
    assertThat(launch("class-archive").output()).contains("The class archive is made");

    Run run = launch("demo");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains(FROM_THE_ARCHIVE)
        .contains("archive: " + folder.resolve("target/flagstream.jsa"));
  }

  @Test
  void leavesOutAnArchiveOfAnotherJdkAndSaysSo() throws Exception {
    launch("class-archive");
    Files.writeString(folder.resolve("target/flagstream.jsa.for"), "another JDK");

    Run run = launch("demo");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .doesNotContain(FROM_THE_ARCHIVE)
        .contains("archive: none, because it was made for another JDK or another build: ");
  }

  @Test
  void runsThoughTheArchiveIsDamaged() throws Exception {
    launch("class-archive");
    Path archive = folder.resolve("target/flagstream.jsa");
    Files.delete(archive);
    Files.write(archive, new byte[1_000]);

    Run run = launch("demo");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).doesNotContain(FROM_THE_ARCHIVE).contains("arguments: demo");
  }

  private Run launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(folder.resolve("flagstream.sh").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_OPTS", "-Xlog:class+load=info");
    environment.put(
        "PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + environment.get("PATH"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
