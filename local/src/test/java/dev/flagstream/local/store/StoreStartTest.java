package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot start says why and what to do, and leaves nothing running. */
class StoreStartTest {

  @TempDir private Path data;

  @Test
  void saysWhatToDoWithDataOfTheOlderLayout() throws IOException {
    Path older = Files.createDirectories(data.resolve("mongo")).resolve("store.mv");
    Files.writeString(older, "H:2,block:5");

    assertThatThrownBy(this::start)
        .isInstanceOf(StackException.class)
        .hasMessageContainingAll(older.toString(), "FRESH=1");
    assertThat(older).hasContent("H:2,block:5");
  }

  @Test
  void saysThatAFileIsInTheWay() throws IOException {
    Files.writeString(data.resolve("mongo"), "no folder");

    assertThatThrownBy(this::start)
        .isInstanceOf(StackException.class)
        .hasMessageContaining(data.resolve("mongo").toString());
  }

  @Test
  void saysThatItsFolderIsReadOnly() throws IOException {
    Path folder = Files.createDirectories(data.resolve("mongo"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(folder))
        .as("root may write everywhere; this test needs another user")
        .isFalse();

    assertThatThrownBy(this::start)
        .isInstanceOf(StackException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void namesDamagedFiles() throws IOException {
    try (RunningStore store = RunningStore.on(data)) {
      store.collection("c").insertOne(new Document("a", 1));
    }
    try (Stream<Path> files = Files.walk(data.resolve("mongo"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith("MANIFEST")) {
          Files.writeString(file, "damaged");
        }
      }
    }

    assertThatThrownBy(this::start)
        .isInstanceOf(StackException.class)
        .hasMessageContainingAll(data.resolve("mongo").toString(), "FRESH=1");
  }

  private void start() {
    RunningStore.on(data).close();
  }
}
