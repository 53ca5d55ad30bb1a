package dev.flagstream.engine.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.print.StatementPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every script below the resource folder {@code dev/flagstream/engine/parser} says what its
 * statements are read as.
 *
 * <p>Blank lines part a script into paragraphs; each is parsed on its own. Below its statements
 * stand, as comments, what is made of them: {@code -->} the normalized text, {@code --|} the tree,
 * {@code --!} the error. {@code -Dflagstream.rewrite=true} writes them anew; review the difference
 * like code.
 */
class ParserScriptsTest {

  private static final Path SCRIPTS =
      Path.of("src", "test", "resources", "dev", "flagstream", "engine", "parser");
  private static final boolean REWRITE = Boolean.getBoolean("flagstream.rewrite");

  @TestFactory
  Stream<DynamicTest> readsScriptsAsTheySay() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      List<Path> scripts = files.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
      assertThat(scripts).isNotEmpty();
      return scripts.stream()
          .map(f -> DynamicTest.dynamicTest(SCRIPTS.relativize(f).toString(), () -> check(f)));
    }
  }

  private static void check(Path script) {
    String written = read(script);
    String actual =
        Stream.of(written.strip().split("\n\n+"))
            .map(ParserScriptsTest::withOutcome)
            .collect(Collectors.joining("\n\n", "", "\n"));
    if (REWRITE) {
      write(script, actual);
    } else {
      assertThat(written)
          .as("%s (rewrite with -Dflagstream.rewrite=true)", script)
          .isEqualTo(actual);
    }
  }

  private static String withOutcome(String paragraph) {
    String statements =
        paragraph
            .lines()
            .filter(line -> !line.matches("--[>|!].*"))
            .collect(Collectors.joining("\n"));
    return statements + outcome(statements);
  }

  private static String outcome(String statements) {
    try {
      return new SqlParser()
          .parse(statements, Map.of("number", "42", "name", "`lower`", "text", "it's")).stream()
              .map(ParserScriptsTest::describe)
              .collect(Collectors.joining());
    } catch (SqlSyntaxException | UnsupportedFeatureException e) {
      return comment("--! ", e.getMessage());
    }
  }

  private static String describe(ParsedStatement parsed) {
    Record tree = (Record) parsed.statement();
    return comment("--> ", StatementPrinter.print(parsed.statement()))
        + comment("--| ", TreeText.of(tree));
  }

  private static String comment(String mark, String text) {
    return text.lines()
        .map(line -> "\n" + (mark + line).stripTrailing())
        .collect(Collectors.joining());
  }

  private static String read(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path script, String text) {
    try {
      Files.writeString(script, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
