package dev.flagstream.local.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisteredSinksTest {

  @TempDir private Path data;

  @Test
  void aWorkerThatDoesNotAnswerIsNotTakenForOneWithoutSinks() {
    StackSettings settings = new StackSettings(Path.of(".."), data, FreePorts.pick());

    assertThatThrownBy(() -> RegisteredSinks.of(settings))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(
            "Kafka Connect at " + settings.connectUrl() + " does not say which sinks it has: ");
  }
}
