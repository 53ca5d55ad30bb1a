package dev.flagstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code PipelineTest} has a whole stack; here none starts. */
class StackTest {

  @TempDir private Path folder;

  @Test
  void tellsWhyItDoesNotStartBeforeItStopsWhatHasStarted() {
    StackSettings settings =
        new StackSettings(folder.resolve("no-project"), folder.resolve("data"), FreePorts.pick());
    List<RuntimeException> reasons = new ArrayList<>();

    assertThatThrownBy(() -> Stack.start(settings, line -> {}, () -> {}, reasons::add))
        .hasMessageContaining("no-project")
        .satisfies(thrown -> assertThat(reasons).singleElement().isSameAs(thrown));
  }
}
