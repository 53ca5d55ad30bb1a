package dev.flagstream.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page that says what a rate needs: its figures, each block between two markers. */
final class CapacityPage {

  private static final String BEGIN = "<!-- measured: %s; written by make bench-scale -->";
  private static final String END = "<!-- end of %s -->";

  private final Map<String, String> blocks = new LinkedHashMap<>();

  /** Adds a block of Markdown under the name that its markers have. */
  void put(String name, String block) {
    blocks.put(name, block);
  }

  /**
   * Writes all blocks in the place of those before; the rest of the page stays.
   *
   * @throws IOException if there is no such page, or a marker is missing, naming both
   */
  void write(Path page) throws IOException {
    if (!Files.isRegularFile(page)) {
      throw new IOException("There is no page " + page + " with places for the figures");
    }
    String text = Files.readString(page);
    for (Map.Entry<String, String> block : blocks.entrySet()) {
      text = replaced(page, text, block.getKey(), block.getValue());
    }
    Files.writeString(page, text);
  }

  private static String replaced(Path page, String text, String name, String block)
      throws IOException {
    String begin = BEGIN.formatted(name);
    String end = END.formatted(name);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(
          "%s has no place for these figures; put in a line each: %s and %s"
              .formatted(page, begin, end));
    }
    return text.substring(0, from + begin.length()) + "\n" + block + "\n" + text.substring(to);
  }
}
