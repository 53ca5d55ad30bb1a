package dev.flagstream.engine.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows that a query which was killed has left on disk. With exactly once they are of no use:
 * Kafka Streams reads them anew from their changelog. But Streams 4.3.1 opens all their segments
 * first, and where one turns out to have been left open, it does not close those before it, so that
 * nobody can open them again until the process ends ("lock hold by current process"). A segment
 * whose mark was still in memory when the process was killed looks closed, so that this takes no
 * more than a few late records. Hence such state is removed before Streams sees it.
 *
 * <p>That a query was stopped in order is said by a file beside its state. For one thread a query.
 */
final class LeftOpenState {

  private static final Logger LOG = LoggerFactory.getLogger(LeftOpenState.class);

  /** A store's name and the time at which the segment begins. */
  private static final Pattern SEGMENT = Pattern.compile(".+\\.-?\\d+");

  /** Below the application's folder: task, store, segment. */
  private static final int DEPTH = 3;

  private final Path state;
  private final Path closed;
  private final boolean exactlyOnce;

  /** The state of an application with these properties. */
  LeftOpenState(Properties properties) {
    StreamsConfig config = new StreamsConfig(properties);
    String application = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    Path all = Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG));
    state = all.resolve(application);
    closed = all.resolve(application + ".closed");
    exactlyOnce =
        config
            .getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
            .equals(StreamsConfig.EXACTLY_ONCE_V2);
  }

  /** Removes it, unless it was closed in order; for an application that does not run yet. */
  void removeBefore(KafkaStreams application) {
    try {
      boolean inOrder = Files.deleteIfExists(closed);
      if (exactlyOnce && !inOrder && hasSegments()) {
        application.cleanUp();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into the state in " + state, e);
    }
  }

  private boolean hasSegments() throws IOException {
    if (!Files.isDirectory(state)) {
      return false;
    }
    try (Stream<Path> folders = Files.walk(state, DEPTH)) {
      return folders.anyMatch(
          each -> SEGMENT.matcher(each.getFileName().toString()).matches() && isSegment(each));
    }
  }

  private boolean isSegment(Path path) {
    return state.relativize(path).getNameCount() == DEPTH && Files.isDirectory(path);
  }

  /** Notes that the application has closed its state; without that it is removed next time. */
  void closedInOrder() {
    try {
      if (Files.isDirectory(state)) {
        Files.writeString(closed, "");
      }
    } catch (IOException e) {
      LOG.warn("Cannot write {}: {}", closed, e.getMessage());
    }
  }

  /** Forgets what was noted. */
  void forget() {
    try {
      Files.deleteIfExists(closed);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + closed, e);
    }
  }
}
