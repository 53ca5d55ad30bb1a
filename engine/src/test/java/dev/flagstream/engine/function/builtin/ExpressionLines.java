package dev.flagstream.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.type.SqlType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;

/**
 * Files of lines that say what an expression gives:
 *
 * <pre>
 * SUBSTRING('stream', 1, 4) => 'stre'
 * ROUND(12.5) => 13 :: DECIMAL(2, 0)     -- and of what type it is
 * ENCODE('a', 'x', 'hex') => error: Unknown encoding 'x'
 * </pre>
 *
 * <p>An error is a refusal of the expression, or what it throws when it is computed. Lines that
 * begin with two dashes are comments.
 */
public final class ExpressionLines {

  private static final String ERROR = " => error: ";

  private final Path folder;

  /** The files of a resource folder such as {@code /expressions}. */
  public ExpressionLines(String folder) {
    try {
      this.folder = Path.of(ExpressionLines.class.getResource(folder).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(folder, e);
    }
  }

  /** A test for each line. */
  public Stream<DynamicContainer> tests() {
    return files().stream()
        .map(
            file ->
                dynamicContainer(
                    file.getFileName().toString(),
                    lines(file).stream().map(line -> dynamicTest(line, () -> check(line)))));
  }

  /** All lines of all files. */
  List<String> lines() {
    return files().stream().flatMap(file -> lines(file).stream()).toList();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
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
    String[] valueAndType = line.substring(arrow + 4).trim().split(" :: ", 2);
    SqlExpression actual = SqlExpression.of(line.substring(0, arrow));
    assertThat(actual.value()).isEqualTo(SqlExpression.of(valueAndType[0]).value());
    if (valueAndType.length == 2) {
      assertThat(actual.type().map(SqlType::toString).orElse("null"))
          .isEqualTo(valueAndType[1].trim());
    }
  }
}
