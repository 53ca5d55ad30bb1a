package dev.flagstream.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.FlagstreamCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be is refused before a command asks a part, or reads for minutes. */
class CommandOptionsTest {

  @TempDir private Path folder;
  private final FlagstreamCommandLine commands = new FlagstreamCommandLine();

  @ParameterizedTest
  @CsvSource({
    "ledger, -1",
    "ledger, 1.5",
    "forget, 99999999999999",
    "forget, -1",
    "quality, -1",
    "quality, soon",
    "apply, -1",
    "apply, 31536001",
  })
  void refusesSecondsThatNobodyCanWait(String command, String seconds) {
    int exit = commands.run(command, "--patience=" + seconds);

    assertThat(exit).as(commands.err()).isEqualTo(2);
    assertThat(commands.err())
        .startsWith(
            "error: Invalid value for option '--patience': '%s' is no number of seconds from 0 to 31536000 (a year)"
                .formatted(seconds));
  }

  @Test
  void ledgerRefusesAFileForItsFiguresThatItCouldNotWriteInTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "not a folder");

    assertThat(commands.run("ledger", "--json=" + file.resolve("ledger.json"))).isEqualTo(2);
    assertThat(commands.err())
        .startsWith("error: --json: %s is a file, and a folder is needed there".formatted(file));
    assertThat(commands.run("ledger", "--json=" + folder)).isEqualTo(2);
    assertThat(commands.err())
        .startsWith("error: --json: %s is a folder; name the file to write".formatted(folder));
  }

  @Test
  void scanAsksForTheNameOfACustomerThatIsBlank() {
    assertThat(commands.run("scan", "--customer= ")).isEqualTo(2);
    assertThat(commands.err())
        .startsWith("error: Name the customer, as in: make scan CUSTOMER=C0000042");
  }
}
