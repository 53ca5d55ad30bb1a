package dev.flagstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LauncherTest {

  private static final int JAVA_8_CLASS_FILE = 52;

  @Test
  void saysThatAnOlderJavaWillNotDo() {
    assertThat(Launcher.problem("11", "/opt/jdk-11"))
        .isEqualTo(
            "Flagstream needs Java 17 or later; this is Java 11 (/opt/jdk-11). Install a newer one,"
                + " or put it first on the PATH.");
    assertThat(Launcher.problem("1.8", "/opt/jdk-8")).contains("this is Java 8");
    assertThat(Launcher.problem("16", "/opt/jdk-16")).contains("this is Java 16");
  }

  @Test
  void startsOnJava17AndLater() {
    assertThat(Launcher.problem("17", "/opt/jdk-17")).isNull();
    assertThat(Launcher.problem("25", "/opt/jdk-25")).isNull();
  }

  @Test
  void canBeLoadedByAJvmThatIsTooOldForTheRest() throws IOException {
    try (DataInputStream file =
        new DataInputStream(Launcher.class.getResourceAsStream("Launcher.class"))) {
      file.readInt(); // the mark of a class file
      file.readUnsignedShort(); // minor version
      assertThat(file.readUnsignedShort()).isEqualTo(JAVA_8_CLASS_FILE);
    }
  }
}
