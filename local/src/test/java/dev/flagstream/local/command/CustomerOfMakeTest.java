package dev.flagstream.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write as CUSTOMER is an id, and nothing for a shell. */
class CustomerOfMakeTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"forget", "scan"})
  void makeHandsOnAnIdAsItIsWritten(String target) throws IOException, InterruptedException {
    String customer = "J\u00fcrgen \"X\" $(id) `id` 'y'";
    Path launcher = folder.resolve("launcher.sh");
    Files.writeString(launcher, "#!/bin/bash\nprintf '%s\\n' \"$@\"\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();

    assertThat(output(target, "LOCAL=" + launcher, "CUSTOMER=" + customer))
        .contains("--customer=" + customer);
  }

  private static List<String> output(String target, String... settings)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("make", "--silent", "--old-file=target/built", target));
    command.addAll(List.of(settings));
    Process make =
        new ProcessBuilder(command)
            .directory(Path.of("..").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(make.waitFor()).isZero();
    return lines;
  }
}
