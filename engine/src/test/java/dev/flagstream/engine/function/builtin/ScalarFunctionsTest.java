package dev.flagstream.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.function.FunctionCatalog.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Scalar functions as a user types them. Each line of {@code src/test/resources/functions/*.txt}
 * says what an expression gives:
 *
 * <pre>
 * SUBSTRING('stream', 1, 4) => 'stre'
 * ROUND(12.5) => 13 :: DECIMAL(2, 0)     -- and of what type it is
 * ENCODE('a', 'x', 'hex') => error: Unknown encoding 'x'
 * </pre>
 */
class ScalarFunctionsTest {

  private static final String ERROR = " => error: ";

  @TestFactory
  Stream<DynamicContainer> giveWhatTheLinesSay() throws IOException, URISyntaxException {
    return files().stream()
        .map(file -> dynamicContainer(file.getFileName().toString(), tests(file)));
  }

  @Test
  void areEachCalledByAtLeastOneLine() throws IOException, URISyntaxException {
    String allLines =
        files().stream()
            .flatMap(file -> examples(file).stream())
            .collect(Collectors.joining("\n"))
            .toUpperCase(Locale.ROOT);
    TreeSet<String> untested =
        SqlExpression.FUNCTIONS.descriptions().stream()
            .filter(d -> d.kind() == Kind.SCALAR)
            .map(d -> d.name())
            .filter(name -> !allLines.matches("(?s).*\\b" + name + "\\(.*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(untested).isEmpty();
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    Path folder = Path.of(ScalarFunctionsTest.class.getResource("/functions").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Stream<DynamicTest> tests(Path file) {
    return examples(file).stream().map(line -> dynamicTest(line, () -> check(line)));
  }

  private static List<String> examples(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("--"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(String line) {
    int error = line.indexOf(ERROR);
    if (error >= 0) {
      assertThatThrownBy(() -> SqlExpression.of(line.substring(0, error)).value())
          .hasMessageContaining(line.substring(error + ERROR.length()));
      return;
    }
    // The last arrow: a lambda has one, too.
    int arrow = line.lastIndexOf(" => ");
    String expression = line.substring(0, arrow);
    String expected = line.substring(arrow + 4).trim();
    String[] valueAndType = expected.split(" :: ", 2);
    SqlExpression actual = SqlExpression.of(expression);
    assertThat(actual.value()).isEqualTo(SqlExpression.of(valueAndType[0]).value());
    if (valueAndType.length == 2) {
      assertThat(actual.type()).hasToString(valueAndType[1].trim());
    }
  }
}
