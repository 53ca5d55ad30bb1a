package dev.flagstream.local.scan;

import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a broker with the input topic, without which nobody knows what to look for. The
 * folder of the containers has none: what they keep is in volumes.
 */
public final class InputFiles {

  /** What to do where there are none. */
  static final String ADVICE =
      "Run a demo first, or give the folder with --data DIR. Containers (make up) keep their data"
          + " in volumes of Docker, which nobody looks into here.";

  private InputFiles() {}

  /**
   * Whether there are any in the folder of data.
   *
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static boolean areIn(StackSettings settings) {
    try {
      return !segmentsOf(settings).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what is in " + settings.data(), e);
    }
  }

  static List<KafkaSegment> segmentsOf(StackSettings settings) throws IOException {
    List<KafkaSegment> segments = new ArrayList<>();
    FolderScan.filesOf(settings.data())
        .forEach(
            file -> {
              KafkaSegment segment = KafkaSegment.of(file);
              if (segment != null && segment.topic().equals(Environment.INPUT_TOPIC)) {
                segments.add(segment);
              }
            });
    return segments;
  }
}
