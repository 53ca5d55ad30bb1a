package dev.flagstream.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.function.FunctionCatalog.Kind;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Scalar functions as a user types them, in {@code src/test/resources/functions}. */
class ScalarFunctionsTest {

  private static final ExpressionLines LINES = new ExpressionLines("/functions");

  @TestFactory
  Stream<DynamicContainer> giveWhatTheLinesSay() {
    return LINES.tests();
  }

  @Test
  void areEachCalledByAtLeastOneLine() {
    String allLines = String.join("\n", LINES.lines()).toUpperCase(Locale.ROOT);
    TreeSet<String> untested =
        SqlExpression.FUNCTIONS.descriptions().stream()
            .filter(d -> d.kind() == Kind.SCALAR)
            .map(d -> d.name())
            .filter(name -> !allLines.matches("(?s).*\\b" + name + "\\(.*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(untested).isEmpty();
  }
}
