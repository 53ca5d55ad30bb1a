package dev.flagstream.engine.scenario;

import dev.flagstream.engine.scenario.Section.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of a scenario, in sections.
 *
 * @param header the lines before the first section
 */
record ScenarioFile(Path path, List<String> header, List<Section> sections) {

  ScenarioFile {
    header = List.copyOf(header);
    sections = List.copyOf(sections);
  }

  static ScenarioFile read(Path path) {
    try {
      return parse(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read scenario " + path, e);
    }
  }

  /** The first sentence of the file's first comment. */
  static Optional<String> titleOf(Path path) {
    try (Stream<String> lines = Files.lines(path)) {
      String comment =
          lines
              .dropWhile(String::isBlank)
              .takeWhile(line -> line.startsWith("#"))
              .map(line -> line.substring(1).strip())
              .collect(Collectors.joining(" "));
      String sentence = comment.split("(?<=[.])\\s", 2)[0].replaceAll("[.]$", "");
      return sentence.isEmpty() ? Optional.empty() : Optional.of(sentence);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read scenario " + path, e);
    }
  }

  private static ScenarioFile parse(Path path, List<String> lines) {
    List<String> header = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    int at = 0;
    while (at < lines.size() && !isHeading(lines.get(at))) {
      header.add(lines.get(at));
      at++;
    }
    while (at < lines.size()) {
      int end = at + 1;
      while (end < lines.size() && !isHeading(lines.get(end))) {
        end++;
      }
      sections.add(section(path, lines, at, end));
      at = end;
    }
    return new ScenarioFile(path, header, sections);
  }

  private static boolean isHeading(String line) {
    return !line.isBlank() && !Character.isWhitespace(line.charAt(0)) && line.charAt(0) != '#';
  }

  private static Section section(Path path, List<String> lines, int at, int end) {
    String[] words = lines.get(at).strip().split("\\s+", 2);
    return new Section(
        kind(path, at + 1, words[0]),
        words.length > 1 ? words[1] : "",
        at + 1,
        lines.subList(at + 1, end));
  }

  private static Kind kind(Path path, int line, String word) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw new ScenarioException(
        path,
        line,
        "'"
            + word
            + "' begins no section; sections are "
            + Stream.of(Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
            + ", and what belongs to them is indented");
  }

  /** Writes the file anew with other bodies for some sections, the rest of it as it is. */
  void rewrite(Map<Section, List<String>> bodies) {
    List<String> lines = new ArrayList<>(header);
    for (Section section : sections) {
      lines.add(heading(section));
      lines.addAll(bodies.getOrDefault(section, section.body()));
    }
    try {
      Files.write(path, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot rewrite scenario " + path, e);
    }
  }

  private static String heading(Section section) {
    String word = section.kind().name().toLowerCase(Locale.ROOT);
    return section.argument().isEmpty() ? word : word + " " + section.argument();
  }
}
