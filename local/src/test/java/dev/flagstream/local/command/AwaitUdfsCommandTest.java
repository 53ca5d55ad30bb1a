package dev.flagstream.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.FlagstreamCommandLine;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make deploy-udf} says of a jar at once, instead of waiting for a restart. */
class AwaitUdfsCommandTest {

  private final FlagstreamCommandLine commands = new FlagstreamCommandLine();

  @TempDir private Path data;
  private StackSettings settings;

  @BeforeEach
  void deployWhatIsNoJar() throws IOException {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    Files.createDirectories(settings.extensions());
    Files.writeString(settings.extensions().resolve("flagstream-udf.jar"), "no jar");
  }

  @Test
  void namesAJarThatTheServerCannotLoad() {
    DataDirectory held = DataDirectory.open(settings);
    try {
      int exitCode = await();

      assertThat(exitCode).isEqualTo(1);
      assertThat(commands.err()).contains("Cannot read the extension", "flagstream-udf.jar");
    } finally {
      held.close();
    }
  }

  private int await() {
    return commands.run("await-udfs", "--data=" + data, "--sql-port=" + settings.ports().sql());
  }

  @Test
  void waitsForNoServerWhereNoneRuns() {
    int exitCode = await();

    assertThat(exitCode).isZero();
    assertThat(commands.out()).contains("No SQL server runs at");
  }
}
