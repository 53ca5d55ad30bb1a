package dev.flagstream.local.lake;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakesTest {

  @TempDir private Path data;

  @Test
  void aFolderWithTheCredentialsOfTheContainersIsTakenForNoLake() throws IOException {
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick()).withLake();
    Files.createDirectories(settings.lakeFolder());
    Files.writeString(settings.lakeFolder().resolve("credentials"), "[default]");

    assertThatThrownBy(() -> Lakes.running(settings, settings.lakeFolder().toString(), Set.of()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("there is none in " + settings.lakeFolder())
        .hasMessageContaining("s3://flagstream/lake?endpoint=http://127.0.0.1:9000");
  }
}
