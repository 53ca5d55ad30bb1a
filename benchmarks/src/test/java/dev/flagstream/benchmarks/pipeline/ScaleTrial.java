package dev.flagstream.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.client.commandline.CommandLines;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short run with real brokers and servers, one of them of two. It takes a minute or more, so that
 * {@code make test}, which looks for other names, leaves it out:
 *
 * <pre>mvn verify -pl benchmarks -am -Dtest=ScaleTrial -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class ScaleTrial {

  private static final String JAR = "flagstream-udf.jar";

  @TempDir private Path extensions;

  @Test
  void measuresOneServerAndTwoAndBringsThemBack() throws Exception {
    Files.copy(Path.of("..", "udf", "target", JAR), extensions.resolve(JAR));

    assertThat(
            CommandLines.of(new ScaleCommand())
                .execute(
                    "--only=servers",
                    "--quick",
                    "--scripts=../ksql",
                    "--models=../models",
                    "--extension-dir=" + extensions))
        .isZero();
  }
}
