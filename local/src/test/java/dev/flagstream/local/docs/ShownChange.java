package dev.flagstream.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The change that a document shows in its blocks of {@code diff}. Lines are found by what they say,
 * not by their numbers, so that a page stays true while the files around its change grow.
 */
final class ShownChange {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```diff\\n(.*?)^```$");
  private static final String NEW_NAME = "+++ b/";

  private final List<FileChange> files = new ArrayList<>();

  /** New lines in place of old ones; a new file has one hunk without old lines. */
  private record Hunk(StringBuilder before, StringBuilder after) {}

  private record FileChange(String name, List<Hunk> hunks) {}

  /** What the blocks of a document change. */
  static ShownChange in(String document) {
    ShownChange change = new ShownChange();
    BLOCK.matcher(document).results().forEach(block -> change.read(block.group(1)));
    assertThat(change.files).as("files that the document's blocks of diff change").isNotEmpty();
    return change;
  }

  private void read(String block) {
    for (String line : block.lines().toList()) {
      if (line.startsWith(NEW_NAME)) {
        files.add(new FileChange(line.substring(NEW_NAME.length()), new ArrayList<>()));
      } else if (line.startsWith("@@")) {
        hunks().add(new Hunk(new StringBuilder(), new StringBuilder()));
      } else if (!line.startsWith("--- ")) {
        readLine(line);
      }
    }
  }

  private List<Hunk> hunks() {
    return files.get(files.size() - 1).hunks();
  }

  private void readLine(String line) {
    Hunk hunk = hunks().get(hunks().size() - 1);
    String text = (line.isEmpty() ? "" : line.substring(1)) + "\n";
    if (!line.startsWith("+")) {
      hunk.before().append(text);
    }
    if (!line.startsWith("-")) {
      hunk.after().append(text);
    }
  }

  /** Makes the change. */
  void applyTo(Path project) throws IOException {
    for (FileChange file : files) {
      Path path = project.resolve(file.name());
      String text = Files.exists(path) ? Files.readString(path) : "";
      for (Hunk hunk : file.hunks()) {
        text = replacedOnce(file.name(), text, hunk.before().toString(), hunk.after().toString());
      }
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
  }

  private static String replacedOnce(String file, String text, String before, String after) {
    if (text.isEmpty() && before.isEmpty()) {
      return after;
    }
    assertThat(before).as("lines by which to find the place in " + file).isNotEmpty();
    int place = ("\n" + text).indexOf("\n" + before);
    assertThat(place).as("%s has no longer these lines:%n%s", file, before).isNotNegative();
    assertThat(("\n" + text).indexOf("\n" + before, place + 1))
        .as("%s has these lines more than once:%n%s", file, before)
        .isNegative();
    return text.substring(0, place) + after + text.substring(place + before.length());
  }
}
