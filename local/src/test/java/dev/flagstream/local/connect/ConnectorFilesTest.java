package dev.flagstream.local.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorFilesTest {

  @TempDir private Path folder;

  @Test
  void areReadAsTheyAreWritten() throws IOException {
    String config = "{\"tasks.max\": 2,\n \"topics\": \"flagged\", \"upsert\": true}\n";
    Path file = write("flagged.json", config);

    assertThat(ConnectorFiles.read(folder)).containsExactly(Map.entry("flagged", config));
    assertThat(ConnectorFiles.file(folder, "flagged")).isEqualTo(file);
  }

  @Test
  void nameTheFileAndThePlaceWhereACommaIsMissing() throws IOException {
    Path file = write("flagged.json", "{\n  \"topics\": \"flagged\"\n  \"tasks.max\": \"1\"\n}\n");

    assertThatThrownBy(() -> ConnectorFiles.read(folder))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(file + ", line 3, column 3: ")
        .hasMessageContaining("comma")
        .hasMessageEndingWith(". Mend the file and run the same command again.");
  }

  @Test
  void nameTheSettingWhoseValueIsNone() throws IOException {
    Path file = write("flagged.json", "{\"topics\": [\"flagged\", \"cleared\"]}");

    assertThatThrownBy(() -> ConnectorFiles.read(folder))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(file + ": the value of 'topics' is neither a text");
  }

  @Test
  void mustBeObjects() throws IOException {
    Path file = write("flagged.json", "\"topics\"");

    assertThatThrownBy(() -> ConnectorFiles.read(folder))
        .isInstanceOf(StackException.class)
        .hasMessage(file + " is not the configuration of a connector: it must be a JSON object.");
  }

  @Test
  void nameTheFileThatIsNestedTooDeeplyOrNoUtf8OrTooLong() throws IOException {
    Path file = write("flagged.json", "[".repeat(100_000));
    assertRefusedNaming(file);
    Files.write(file, new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
    assertRefusedNaming(file);
    Files.writeString(file, "{}" + " ".repeat(1 << 20));
    assertRefusedNaming(file);
  }

  private void assertRefusedNaming(Path file) {
    assertThatThrownBy(() -> ConnectorFiles.read(folder))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(file.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
