package dev.flagstream.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's own files, and what its documents say in prose, in code and in blocks. */
final class Documents {

  static final Path PROJECT = Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^[ ]*```(\\w*)\\n(.*?)^[ ]*```");
  private static final Pattern INLINE_CODE = Pattern.compile("`([^`\\n]+)`");

  /** Found once, as tests of documents ask for files hundreds of times. */
  private static final List<Path> FILES = walk();

  private Documents() {}

  /** A file of the project in Markdown. */
  record Document(Path path, String text) {

    /** Its name as people write it. */
    String name() {
      return PROJECT.relativize(path).toString();
    }

    /** The document without its blocks of code. */
    String prose() {
      return BLOCK.matcher(text).replaceAll("");
    }

    /** What stands between back-ticks in the prose. */
    List<String> inlineCode() {
      return found(INLINE_CODE, prose());
    }

    /** Its blocks in a language. */
    List<String> blocks(String language) {
      return BLOCK
          .matcher(text)
          .results()
          .filter(block -> block.group(1).equals(language))
          .map(block -> block.group(2))
          .toList();
    }

    /** The lines of its blocks in a language. */
    List<String> lines(String language) {
      return blocks(language).stream().flatMap(String::lines).toList();
    }
  }

  /** Every document that speaks of the project as it is: all but the history of its changes. */
  static List<Document> ofToday() {
    return all().stream().filter(document -> !document.path().endsWith("CHANGELOG.md")).toList();
  }

  static List<Document> all() {
    return files(path -> path.toString().endsWith(".md")).stream()
        .map(path -> new Document(path, text(path)))
        .toList();
  }

  /** The project's own files, without what is built, fetched or hidden, in the order of names. */
  static List<Path> files(Predicate<Path> wanted) {
    return FILES.stream().filter(wanted).toList();
  }

  private static List<Path> walk() {
    try (Stream<Path> all =
        Files.find(PROJECT, 20, (path, attributes) -> attributes.isRegularFile())) {
      return all.filter(path -> isOurs(PROJECT.relativize(path))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path path) {
    for (Path part : path) {
      if (part.toString().equals("target")
          || part.toString().equals("data")
          || part.toString().equals("node_modules")
          || part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first group of everything in the text that a pattern fits. */
  static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
