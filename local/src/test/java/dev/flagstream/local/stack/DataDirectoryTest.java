package dev.flagstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path folder;

  private StackSettings settings;

  @BeforeEach
  void settings() {
    settings = new StackSettings(Path.of(".."), folder.resolve("data"), Ports.DEFAULT);
  }

  @Test
  void makesAKeyThatOnlyTheOwnerCanRead() throws Exception {
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.ensureCardTokenKey();
    }

    assertThat(Files.readString(settings.cardTokenKey())).matches("[0-9a-f]{64}\n");
    assertThat(Files.getPosixFilePermissions(settings.cardTokenKey()))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void keepsTheKeyOfEarlierRuns() throws Exception {
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.ensureCardTokenKey();
      String key = Files.readString(settings.cardTokenKey());

      data.ensureCardTokenKey();

      assertThat(Files.readString(settings.cardTokenKey())).isEqualTo(key);
    }
  }

  @Test
  void refusesASecondStackOnTheSameData() {
    try (DataDirectory first = DataDirectory.open(settings)) {
      assertThatThrownBy(() -> DataDirectory.open(settings))
          .as("while %s is open", first)
          .isInstanceOf(StackException.class)
          .hasMessageContaining(settings.data().toString())
          .hasMessageContaining("--data");
    }
  }

  @Test
  void letsTwoDifferentPartsShareTheData() {
    try (DataDirectory store = DataDirectory.open(settings, EnumSet.of(Listener.MONGO));
        DataDirectory broker = DataDirectory.open(settings, EnumSet.of(Listener.KAFKA))) {
      assertThat(store).isNotSameAs(broker);
    }
  }

  @Test
  void knowsWhichPartsRunOnTheData() {
    assertThat(DataDirectory.isInUse(settings, Listener.SQL)).isFalse();
    try (DataDirectory sql = DataDirectory.open(settings, EnumSet.of(Listener.SQL))) {
      assertThat(DataDirectory.isInUse(settings, Listener.SQL)).as("with %s", sql).isTrue();
      assertThat(DataDirectory.isInUse(settings, Listener.KAFKA)).isFalse();
    }
    assertThat(DataDirectory.isInUse(settings, Listener.SQL)).isFalse();
  }

  @Test
  void canBeOpenedAgainOnceItIsClosed() {
    DataDirectory.open(settings).close();

    try (DataDirectory again = DataDirectory.open(settings)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void clearsEverythingButStaysLocked() throws Exception {
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.requireLayout();
      data.ensureCardTokenKey();
      Files.createDirectories(settings.data().resolve("kafka/topic-0"));
      Files.writeString(settings.data().resolve("kafka/topic-0/log"), "records");

      data.clear();

      try (Stream<Path> left = Files.list(settings.data())) {
        assertThat(left).allSatisfy(file -> assertThat(file.toString()).endsWith(".lock"));
      }
      assertThatThrownBy(() -> DataDirectory.open(settings)).isInstanceOf(StackException.class);
    }
  }

  @Test
  void writesTheLayoutIntoNewDataAndAcceptsItAgain() throws Exception {
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.requireLayout();
      data.requireLayout();

      assertThat(settings.data().resolve("layout")).hasContent("" + DataDirectory.LAYOUT);
    }
  }

  @Test
  void refusesDataOfTheFirstLayoutUntilTheyAreCleared() throws Exception {
    Files.createDirectories(settings.data().resolve("mongo"));
    Files.writeString(settings.data().resolve("mongo/store.mv"), "documents");
    try (DataDirectory data = DataDirectory.open(settings)) {
      assertThatThrownBy(data::requireLayout)
          .isInstanceOf(StackException.class)
          .hasMessageContaining("of layout 1")
          .hasMessageContaining("FRESH=1");

      data.clear();
      data.requireLayout();

      assertThat(settings.data().resolve("layout")).exists();
    }
  }

  @Test
  void refusesDataOfALaterVersion() throws Exception {
    try (DataDirectory data = DataDirectory.open(settings)) {
      Files.writeString(settings.data().resolve("layout"), "3000\n");

      assertThatThrownBy(data::requireLayout).hasMessageContaining("of layout 3000");
    }
  }

  @Test
  void refusesAFolderOfOtherThingsBeforeItTouchesIt() throws Exception {
    Files.createDirectories(settings.data().resolve("photos"));

    assertThatThrownBy(() -> DataDirectory.open(settings))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("such as photos")
        .hasMessageContaining("--data DIR");
    assertThatThrownBy(() -> DataDirectory.requireUnused(settings))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("such as photos");

    try (Stream<Path> left = Files.list(settings.data())) {
      assertThat(left).containsExactly(settings.data().resolve("photos"));
    }
  }

  @Test
  void acceptsJarsThatWereDeployedBeforeTheFirstStart() throws Exception {
    Files.createDirectories(settings.data().resolve("extensions"));
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.requireLayout();
    }

    assertThat(settings.data().resolve("layout")).exists();
  }

  @Test
  void keepsTheKeyOfTheContainersWhenItStartsAnew() throws Exception {
    Path key = settings.data().resolve("cluster/secrets/card-token.key");
    Files.createDirectories(key.getParent());
    Files.writeString(key, "0123");
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.requireLayout();
      data.ensureCardTokenKey();

      data.clear();
    }

    assertThat(key).hasContent("0123");
    assertThat(settings.cardTokenKey()).doesNotExist();
  }

  @Test
  void clearsWhatALinkLeadsTo() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("another disk"));
    Files.createSymbolicLink(settings.data(), elsewhere);
    try (DataDirectory data = DataDirectory.open(settings)) {
      data.requireLayout();
      data.ensureCardTokenKey();

      data.clear();
    }

    assertThat(settings.data()).isSymbolicLink();
    assertThat(elsewhere.resolve("layout")).doesNotExist();
    assertThat(elsewhere.resolve("secrets")).doesNotExist();
  }
}
