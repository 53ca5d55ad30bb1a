package dev.flagstream.local.containers;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an image is, as the table of docs/containers.md says.
 *
 * @param user the user that its process runs as
 * @param writable folders that the image makes for this user; what is below belongs to it, too
 * @param commands what a script in it may call
 * @param missing what it surely lacks
 */
record ImageFacts(String user, Set<String> writable, Set<String> commands, Set<String> missing) {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The rows of the page by the image's name with its tag. */
  static Map<String, ImageFacts> readFrom(Path page) throws IOException {
    TreeMap<String, ImageFacts> facts = new TreeMap<>();
    for (String line : Files.readAllLines(page)) {
      List<Set<String>> cells = Arrays.stream(line.split("\\|")).map(ImageFacts::codes).toList();
      if (line.startsWith("| `") && cells.size() == 6) {
        facts.put(
            cells.get(1).iterator().next(),
            new ImageFacts(
                cells.get(2).iterator().next(), cells.get(3), cells.get(4), cells.get(5)));
      }
    }
    return facts;
  }

  private static Set<String> codes(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).collect(toUnmodifiableSet());
  }

  boolean mayWrite(String folder) {
    return writable.stream().anyMatch(own -> folder.equals(own) || folder.startsWith(own + "/"));
  }
}
