package dev.flagstream.udf.features;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.udf.incident.FraudIncident;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The table of aggregate functions in the README is printed from their annotations. To print it
 * anew: {@code mvn -pl udf test -Dtest=AggregateTableTest -Dflagstream.rewrite=true}.
 */
class AggregateTableTest {

  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- aggregates: printed from the annotations -->\n";
  private static final String END = "<!-- end of aggregates -->\n";
  private static final List<Class<?>> AGGREGATES =
      List.of(CardFeatures.class, MerchantFeatures.class, FraudIncident.class);

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
        new StringBuilder("| aggregate | argument | what it gives |\n|---|---|---|\n");
    for (Class<?> function : AGGREGATES) {
      UdafDescription described = function.getAnnotation(UdafDescription.class);
      assertThat(described.category()).isEqualTo("FRAUD");
      // The order in which reflection gives them is any; the widest type comes first.
      Arrays.stream(function.getDeclaredMethods())
          .map(method -> method.getAnnotation(UdafFactory.class))
          .filter(Objects::nonNull)
          .sorted(comparing((UdafFactory variant) -> variant.paramSchema()[0]).reversed())
          .forEach(variant -> table.append(row(described, variant)));
    }
    return table.toString();
  }

  private static String row(UdafDescription described, UdafFactory variant) {
    return "| `%s(event)` | `%s` | %s %s |\n"
        .formatted(
            described.name(),
            variant.paramSchema()[0],
            described.description(),
            variant.description());
  }
}
