package dev.flagstream.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionWatcherTest {

  @TempDir Path directory;

  @Test
  void noticesAJarWithOtherContents() throws Exception {
    Files.writeString(directory.resolve("udf.jar"), "first");
    var changes = new AtomicInteger();
    try (var watcher = watch(changes)) {
      Files.writeString(directory.resolve("udf.jar"), "second");

      await().untilAsserted(() -> assertThat(changes).as("%s", watcher).hasValue(1));
    }
  }

  @Test
  void doesNotMindAJarThatIsCopiedAgainUnchanged() throws Exception {
    var jar = Files.writeString(directory.resolve("udf.jar"), "same");
    var changes = new AtomicInteger();
    try (var watcher = watch(changes)) {
      Files.writeString(jar, "same");
      Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
      Files.writeString(directory.resolve("notes.txt"), "no jar at all");
      Files.writeString(directory.resolve("other.jar"), "new"); // the only change that counts

      await().untilAsserted(() -> assertThat(changes).as("%s", watcher).hasValue(1));
    }
    assertThat(changes).hasValue(1);
  }

  private ExtensionWatcher watch(AtomicInteger changes) {
    var watcher = new ExtensionWatcher(directory, Duration.ofMillis(20));
    watcher.start(changes::incrementAndGet);
    return watcher;
  }
}
