package dev.flagstream.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    put("udf.jar", "first");
    AtomicInteger changes = new AtomicInteger();
    try (ExtensionWatcher watcher = watch(changes)) {
      put("udf.jar", "second");

      await().untilAsserted(() -> assertThat(changes).as("%s", watcher).hasValue(1));
    }
  }

  @Test
  void doesNotMindAJarThatIsCopiedAgainUnchanged() throws Exception {
    Path jar = put("udf.jar", "same");
    AtomicInteger changes = new AtomicInteger();
    try (ExtensionWatcher watcher = watch(changes)) {
      put("udf.jar", "same");
      Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
      put("notes.txt", "no jar at all");
      put("other.jar", "new"); // the only change that counts

      await().untilAsserted(() -> assertThat(changes).as("%s", watcher).hasValue(1));
    }
    assertThat(changes).hasValue(1);
  }

  /** At once: a file that stays empty for two looks of the watcher would be a change of its own. */
  private Path put(String name, String content) throws IOException {
    Path written = Files.writeString(directory.resolve(name + ".part"), content);
    return Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private ExtensionWatcher watch(AtomicInteger changes) {
    ExtensionWatcher watcher = new ExtensionWatcher(directory, Duration.ofMillis(20));
    watcher.start(changes::incrementAndGet);
    return watcher;
  }
}
