package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while it starts and while it runs; then it goes on where it was, to the end. */
class DemoProcessTest {

  private final Ports ports = FreePorts.pick();

  @TempDir private Path folder;

  @Test
  void stopsInOrderAndGoesOnWhereItWas() throws Exception {
    try (ChildProcess demo = demo("start")) {
      demo.awaitSaid("Starting Flagstream");
      boolean ignored = ChildProcess.ignoresInterrupts();
      demo.signal(ignored ? "TERM" : "INT");
      assertStopped(demo, ignored ? ExitCodes.TERMINATED : ExitCodes.INTERRUPTED);
      assertThat(demo.said()).doesNotContain("Ready");
    }
    try (ChildProcess demo = demo("run")) {
      demo.awaitSaid("generated");
      demo.signal("TERM");
      assertStopped(demo, ExitCodes.TERMINATED);
    }
    try (ChildProcess demo = demo("end", "--duration=1")) {
      assertThat(demo.exitCode()).as(demo.said()).isEqualTo(ExitCodes.OK);
      assertThat(demo.said())
          .contains("✓ every transaction of this run is in the input topic")
          .contains("✓ every scored transaction has its decision")
          .contains("Everything is accounted for.");
    }
  }

  private static void assertStopped(ChildProcess demo, int exitCode) throws Exception {
    assertThat(demo.exitCode()).isEqualTo(exitCode);
    assertThat(demo.said())
        .contains("Stopping in order; Ctrl-C once more ends it at once")
        .contains("Stopped. The data are kept in")
        .contains("goes on where it was")
        .doesNotContain("failed");
  }

  private ChildProcess demo(String name, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "demo",
                "--home=..",
                "--data=" + folder.resolve("data"),
                "--rate=50",
                "--kafka-port=" + ports.kafka(),
                "--sql-port=" + ports.sql(),
                "--connect-port=" + ports.connect(),
                "--mongo-port=" + ports.mongo()));
    arguments.addAll(List.of(more));
    return ChildProcess.start(
        folder.resolve(name + ".txt"), "-Xmx768m", arguments.toArray(String[]::new));
  }
}
