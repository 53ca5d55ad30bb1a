package dev.flagstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * SQL scripts that say, in comments below their statements, what is made of them: {@code -->} a
 * text, {@code --|} a tree, {@code --!} an error. Blank lines part a script into paragraphs. {@code
 * -Dflagstream.rewrite=true} writes the comments anew; review the difference like code.
 */
public final class CommentedScripts {

  private static final boolean REWRITE = Boolean.getBoolean("flagstream.rewrite");

  private CommentedScripts() {}

  /**
   * A test for each script below a folder.
   *
   * @param outcomes makes, for each script anew, what gives the comments below the statements of a
   *     paragraph, each beginning with a line end; it is asked from top to bottom
   */
  public static Stream<DynamicTest> below(Path folder, Supplier<UnaryOperator<String>> outcomes)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> scripts = files.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
      assertThat(scripts).isNotEmpty();
      return scripts.stream()
          .map(
              script ->
                  DynamicTest.dynamicTest(
                      folder.relativize(script).toString(), () -> check(script, outcomes.get())));
    }
  }

  private static void check(Path script, UnaryOperator<String> outcomeOf) throws IOException {
    String written = Files.readString(script);
    String actual =
        Stream.of(written.strip().split("\n\n+"))
            .map(CommentedScripts::statementsOf)
            .map(statements -> statements + outcomeOf.apply(statements))
            .collect(Collectors.joining("\n\n", "", "\n"));
    if (REWRITE) {
      Files.writeString(script, actual);
    } else {
      assertThat(written)
          .as("%s (rewrite with -Dflagstream.rewrite=true)", script)
          .isEqualTo(actual);
    }
  }

  private static String statementsOf(String paragraph) {
    return paragraph
        .lines()
        .filter(line -> !line.matches("--[>|!].*"))
        .collect(Collectors.joining("\n"));
  }

  /** The lines of a text, each behind a line end and a mark. */
  public static String comment(String mark, String text) {
    return text.lines()
        .map(line -> "\n" + (mark + line).stripTrailing())
        .collect(Collectors.joining());
  }
}
