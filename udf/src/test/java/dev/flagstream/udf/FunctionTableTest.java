package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of functions in the README is printed from their annotations. To print it anew: {@code
 * mvn -pl udf test -Dtest=FunctionTableTest -Dflagstream.rewrite=true}.
 */
class FunctionTableTest {

  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- functions: printed from the annotations -->\n";
  private static final String END = "<!-- end of functions -->\n";

  @Test
  void isWhatTheAnnotationsSay() throws IOException {
    String readme = Files.readString(README);
    assertThat(readme).contains(BEGIN, END);
    String expected =
        readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
            + table()
            + readme.substring(readme.indexOf(END));
    if (Boolean.getBoolean("flagstream.rewrite")) {
      Files.writeString(README, expected);
    }

    assertThat(Files.readString(README))
        .as("rewrite it with -Dflagstream.rewrite=true")
        .isEqualTo(expected);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("| function | returns | what it does |\n|---|---|---|\n");
    for (Class<?> function : DeployedFunctions.all()) {
      String description = function.getAnnotation(UdfDescription.class).description();
      for (Method variant : DeployedFunctions.variantsOf(function)) {
        table
            .append("| ")
            .append(code(call(function, variant)))
            .append(" | ")
            .append(code(returned(variant)))
            .append(" | ")
            .append(description)
            .append(" ")
            .append(variant.getAnnotation(Udf.class).description())
            .append(" |\n");
        description = "";
      }
    }
    return table.toString().replace("|  ", "| ");
  }

  /** Markdown's code, also of what has names in quotes. */
  private static String code(String text) {
    return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
  }

  private static String returned(Method variant) {
    String schema = variant.getAnnotation(Udf.class).schema();
    return schema.isEmpty() ? SqlTypeNames.of(variant.getGenericReturnType()) : schema;
  }

  private static String call(Class<?> function, Method variant) {
    return Arrays.stream(variant.getParameters())
        .map(
            parameter ->
                parameter.getAnnotation(UdfParameter.class).value()
                    + " "
                    + SqlTypeNames.of(parameter.getParameterizedType()))
        .collect(Collectors.joining(", ", DeployedFunctions.nameOf(function) + "(", ")"));
  }
}
