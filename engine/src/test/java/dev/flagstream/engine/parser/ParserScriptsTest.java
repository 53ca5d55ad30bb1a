package dev.flagstream.engine.parser;

import static dev.flagstream.engine.CommentedScripts.comment;

import dev.flagstream.engine.CommentedScripts;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.print.StatementPrinter;
import java.io.IOException;
import java.nio.file.Path;
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

  @TestFactory
  Stream<DynamicTest> readsScriptsAsTheySay() throws IOException {
    return CommentedScripts.below(SCRIPTS, () -> ParserScriptsTest::outcome);
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
}
