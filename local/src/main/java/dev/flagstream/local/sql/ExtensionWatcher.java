package dev.flagstream.local.sql;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the jars of the extension directory change.
 *
 * <p>It compares contents rather than waiting for file events: these differ from system to system,
 * and a jar that is copied again unchanged is no reason to restart anything.
 */
public final class ExtensionWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExtensionWatcher.class);

  private final Path directory;
  private final Duration interval;
  private Map<String, Long> known;
  private Thread thread;

  /** Takes note of the jars that are there now. */
  public ExtensionWatcher(Path directory, Duration interval) {
    this.directory = directory;
    this.interval = interval;
    this.known = checksums(Map.of());
  }

  /**
   * Starts to watch for jars that differ from those noted; to be called once.
   *
   * @param changed runs on the watcher's own thread, one call at a time
   */
  public void start(Runnable changed) {
    thread = new Thread(() -> watch(changed), "extension-watcher");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Runnable changed) {
    Map<String, Long> before = known;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(interval.toMillis());
        Map<String, Long> now = checksums(before);
        // Twice the same: a jar that is still being copied has yet to come to rest.
        if (now.equals(before) && !now.equals(known)) {
          known = now;
          changed.run();
        }
        before = now;
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped watching {}", directory, e);
    }
  }

  /** Checksum of each jar by name; those of {@code before} while the directory cannot be read. */
  private Map<String, Long> checksums(Map<String, Long> before) {
    TreeMap<String, Long> checksums = new TreeMap<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path jar : jars) {
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(jar));
        checksums.put(jar.getFileName().toString(), crc.getValue());
      }
      return checksums;
    } catch (IOException e) {
      LOG.warn("Cannot read the jars of {}", directory, e);
      return before;
    }
  }

  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
