package dev.flagstream.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flagstream.client.commandline.CommandLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QualifiedRunTest {

  @TempDir private Path folder;

  @Test
  void namesTheFileThatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QualifiedRun.read(folder.resolve("result.json")))
        .withMessageContaining("result.json cannot be read as the result of a run");
  }

  @Test
  void namesTheFileThatHoldsSomethingElse() throws Exception {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "{\"command\": \"make crash-test\"}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> QualifiedRun.read(file))
        .withMessage(file + " is not the result of a run");
  }

  @Test
  void isReadBeforeAnythingIsStarted() {
    CommandLine command = CommandLines.of(new CrashTestCommand());
    StringWriter errors = new StringWriter();
    command.setErr(new PrintWriter(errors));
    Path data = folder.resolve("data");

    int exitCode =
        command.execute(
            "--folder=" + data,
            "--report=" + folder.resolve("page.md"),
            "--with=" + folder.resolve("of-yesterday.json"));

    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--with: ", "of-yesterday.json cannot be read");
    assertThat(data).doesNotExist();
  }
}
