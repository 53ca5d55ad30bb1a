package dev.flagstream.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Parameter;
import dev.flagstream.engine.function.FunctionCatalog.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reference of built-in functions is printed from their annotations. To print it anew: {@code
 * mvn -pl engine test -Dtest=SqlFunctionsDocTest -Dflagstream.rewrite=true}.
 */
class SqlFunctionsDocTest {

  private static final Path REFERENCE = Path.of("..", "docs", "sql-functions.md");

  private static final String INTRODUCTION =
      """
      # SQL functions

      The functions that are always there, printed from their own annotations
      (`engine/src/main/java/dev/flagstream/engine/function/builtin`, one file each). Unless a line says
      otherwise, a NULL argument gives NULL, and a function whose arguments make no sense gives NULL and an
      entry in the processing log. Names ignore case. `...` takes any number of arguments; letters such as `T`
      stand for one type wherever they occur. INT widens to BIGINT, DECIMAL and DOUBLE where no variant takes
      it as it is. What each call gives, edges included, is in `engine/src/test/resources/functions`.

      Functions of your own come from jars in the extension directory: see `udf/README.md`.
      """;

  @Test
  void isWhatTheAnnotationsSay() throws IOException {
    String expected = reference();
    if (Boolean.getBoolean("flagstream.rewrite")) {
      Files.writeString(REFERENCE, expected);
    }
    assertThat(Files.readString(REFERENCE))
        .as("rewrite it with -Dflagstream.rewrite=true")
        .isEqualTo(expected);
  }

  private static String reference() {
    Map<String, List<FunctionDescription>> categories =
        SqlExpression.FUNCTIONS.descriptions().stream()
            .collect(
                Collectors.groupingBy(
                    FunctionDescription::category, TreeMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder(INTRODUCTION);
    categories.forEach((category, functions) -> append(text, category, functions));
    return text.toString();
  }

  private static void append(
      StringBuilder text, String category, List<FunctionDescription> functions) {
    text.append("\n## ").append(category).append("\n\n");
    text.append("| calls, and what they return | what they do |\n|---|---|\n");
    functions.forEach(function -> text.append(row(function)));
  }

  private static String row(FunctionDescription function) {
    String calls =
        function.variants().stream()
            .map(variant -> call(function.name(), variant))
            .collect(Collectors.joining("<br>"));
    String descriptions =
        Stream.concat(
                Stream.of(function.description()),
                function.variants().stream().map(Variant::description))
            .filter(text -> !text.isBlank())
            .distinct()
            .collect(Collectors.joining(" "))
            .replace("|", "\\|");
    return "| %s | %s |\n".formatted(calls, descriptions);
  }

  private static String call(String name, Variant variant) {
    String parameters =
        variant.parameters().stream()
            .map(SqlFunctionsDocTest::parameter)
            .collect(Collectors.joining(", ", "(", ")"));
    return "`%s%s → %s`".formatted(name, parameters, variant.returnType());
  }

  private static String parameter(Parameter parameter) {
    return parameter.type() + (parameter.variadic() ? "..." : "") + " " + parameter.name();
  }
}
