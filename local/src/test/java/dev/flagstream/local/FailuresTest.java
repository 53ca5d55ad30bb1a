package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The menu of failures: a process each, ended by one sentence and an exit code of its own. */
class FailuresTest {

  private static final String ENOUGH = "-Xmx400m";

  @TempDir private Path folder;

  private Ports ports;
  private Path data;

  @BeforeEach
  void pick() {
    ports = FreePorts.pick();
    data = folder.resolve("data");
  }

  @Test
  void namesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(ports.sql(), 1, InetAddress.getLoopbackAddress());
        ChildProcess demo = demo(ENOUGH)) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.USAGE);
      assertThat(demo.said())
          .contains("Port " + taken.getLocalPort() + ", which the SQL server needs, is taken.")
          .contains("SQL_PORT=N");
    }
  }

  @Test
  void saysThatASecondDemoNeedsOtherData() throws Exception {
    StackSettings settings = new StackSettings(Path.of(".."), data, ports);
    try (DataDirectory first = DataDirectory.open(settings);
        ChildProcess demo = demo(ENOUGH)) {
      assertThat(demo.exitCode()).as("while %s is open", first).isEqualTo(ExitCodes.DATA);
      assertThat(demo.said())
          .contains(data + " is in use by another stack (process " + ProcessHandle.current().pid())
          .contains("--data DIR");
    }
  }

  @Test
  void leavesDataOfAnotherLayoutAlone() throws Exception {
    Files.createDirectories(data.resolve("kafka"));
    Files.writeString(data.resolve("layout"), "0\n");
    try (ChildProcess demo = demo(ENOUGH)) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.DATA);
      assertThat(demo.said())
          .contains("are of layout 0")
          .contains("FRESH=1")
          .contains("--data DIR");
    }
    assertThat(data.resolve("kafka")).isEmptyDirectory();
    assertThat(data.resolve("layout")).hasContent("0");
  }

  @Test
  void saysHowMuchMemoryIsNeeded() throws Exception {
    try (ChildProcess demo = demo("-Xmx64m")) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.MEMORY);
      assertThat(demo.said()).contains("MiB at least").contains("JAVA_OPTS=-Xmx");
    }
  }

  @Test
  void saysThatTheDiskIsFull() throws Exception {
    mount("size=1m");
    try (ChildProcess demo = demo(ENOUGH)) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.DATA);
      assertThat(demo.said()).contains("The disk is full").contains("--data DIR");
    } finally {
      unmount();
    }
  }

  @Test
  void saysThatTheDiskHasBecomeFullInTheMiddleOfARun() throws Exception {
    mount("size=600m");
    try (ChildProcess demo = demo(ENOUGH, "--no-dashboard")) {
      demo.awaitSaid("generated");
      fill(data.resolve("another program's file"));

      assertThat(demo.exitCode()).as(demo.said()).isEqualTo(ExitCodes.DATA);
      // Whichever is first: the watch while the disk fills up, or the broker that cannot write any
      // more.
      assertThat(demo.said())
          .containsPattern("The disk is full: \\d+ MiB are free")
          .doesNotContain("\tat ");
    } finally {
      unmount();
    }
  }

  @Test
  void aPartAloneSaysThatTheDiskHasBecomeFull() throws Exception {
    mount("size=600m");
    try (ChildProcess store = program(ENOUGH, "store", List.of())) {
      store.awaitSaid("The store runs at");
      fill(data.resolve("another program's file"));

      assertThat(store.exitCode()).as(store.said()).isEqualTo(ExitCodes.DATA);
      assertThat(store.said())
          .containsPattern("The disk is full: \\d+ MiB are free")
          .doesNotContain("\tat ");
    } finally {
      unmount();
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] much = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(much);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  @Test
  void saysThatTheDataFolderIsReadOnly() throws Exception {
    mount("ro");
    try (ChildProcess demo = demo(ENOUGH)) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.DATA);
      assertThat(demo.said()).contains(data.toString(), "read-only", "--data DIR");
    } finally {
      unmount();
    }
  }

  @Test
  void saysThatAFileIsNoDataFolder() throws Exception {
    Files.writeString(data, "a file");
    try (ChildProcess demo = demo(ENOUGH)) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.DATA);
      assertThat(demo.said())
          .contains(
              "Cannot use the data folder " + data + ". It is a file, not a folder. Give another");
    }
  }

  private void mount(String option) throws Exception {
    Files.createDirectories(data);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", option, "tmpfs", data.toString()) == 0,
        "A small or read-only file system is needed, which only root can mount");
  }

  private void unmount() throws Exception {
    assertThat(run("umount", data.toString())).isZero();
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1; // There is no such command.
    }
  }

  private ChildProcess demo(String jvmOption, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("--duration=60", "--rate=50"));
    options.addAll(List.of(more));
    return program(jvmOption, "demo", options);
  }

  private ChildProcess program(String jvmOption, String command, List<String> options)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--home=..",
                "--data=" + data,
                "--kafka-port=" + ports.kafka(),
                "--sql-port=" + ports.sql(),
                "--connect-port=" + ports.connect(),
                "--mongo-port=" + ports.mongo()));
    arguments.addAll(options);
    return ChildProcess.start(
        folder.resolve("output.txt"), jvmOption, arguments.toArray(String[]::new));
  }
}
