package dev.flagstream.fuzz;

import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An input that is tried each time: of the corpus, or one that the project itself gives its reader.
 */
final class KnownInput {

  private final String name;
  private final byte[] bytes;

  private KnownInput(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** The file it is of, below the project's folder. */
  String name() {
    return name;
  }

  /** The input itself, not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** All of a reader, the project's own after those of the corpus. */
  static List<KnownInput> of(Reader reader) throws IOException {
    List<KnownInput> inputs = new ArrayList<>(files("fuzz/corpus/" + reader.id() + "/*"));
    inputs.addAll(ofTheProject(reader));
    return inputs;
  }

  /** What the project has for a reader: no copy, which would soon be another text than the file. */
  static List<KnownInput> ofTheProject(Reader reader) throws IOException {
    return switch (reader) {
      case SQL -> files("ksql/*.sql").stream().flatMap(KnownInput::statements).toList();
      case CONNECTORS -> files("connect/*.json");
      case MANIFEST -> files("models/*/manifest.json");
      default -> List.of();
    };
  }

  /** Each statement alone: whole scripts are longer than what a fuzzer makes of them. */
  private static Stream<KnownInput> statements(KnownInput script) {
    List<ParsedStatement> statements =
        SqlParser.withoutSubstitution()
            .parse(new String(script.bytes(), StandardCharsets.UTF_8), Map.of());
    return statements.stream()
        .map(each -> new KnownInput(script.name(), each.text().getBytes(StandardCharsets.UTF_8)));
  }

  /** The files that a pattern matches, below its first folder without a star, in order. */
  private static List<KnownInput> files(String pattern) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    Path top = ProjectFiles.ROOT.resolve(pattern.replaceFirst("/?\\*.*", ""));
    List<KnownInput> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(top, 2)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        Path name = ProjectFiles.ROOT.relativize(file);
        if (matcher.matches(name)) {
          found.add(new KnownInput(name.toString(), Files.readAllBytes(file)));
        }
      }
    }
    return found;
  }
}
