package dev.flagstream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.client.commandline.CommandLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What cannot be is refused before a part is started. */
class CrashTestCommandTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "Infinity", "1e300"})
  void refusesATimeThatCannotPass(String minutes) {
    assertThat(refusalOf("--minutes=" + minutes))
        .startsWith("error: MINUTES is ")
        .contains("; give a number from 0 to 525600");
  }

  @Test
  void refusesToRunForHoursForAPageBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "not a folder");

    assertThat(refusalOf("--report=" + file.resolve("page.md")))
        .startsWith("error: --report: %s is a file, and a folder is needed there".formatted(file));
  }

  @Test
  void refusesToRunForHoursForAPageThatIsAFolder() {
    assertThat(refusalOf("--report=" + folder))
        .startsWith("error: --report: %s is a folder; name the file to write".formatted(folder));
  }

  /** A project that is not there ends at once what is not refused. */
  private String refusalOf(String option) {
    List<String> arguments = new ArrayList<>();
    if (!option.startsWith("--report")) {
      arguments.add("--report=" + folder.resolve("page.md"));
    }
    arguments.add(option);
    arguments.add("--home=" + folder.resolve("no-project"));
    arguments.add("--folder=" + folder.resolve("runs"));
    StringWriter err = new StringWriter();
    CommandLine command =
        CommandLines.of(new CrashTestCommand()).setErr(new PrintWriter(err, true));

    assertThat(command.execute(arguments.toArray(String[]::new))).as(err.toString()).isEqualTo(2);
    assertThat(folder.resolve("runs")).doesNotExist();
    return err.toString();
  }
}
