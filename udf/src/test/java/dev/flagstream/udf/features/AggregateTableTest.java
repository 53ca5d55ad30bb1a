package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.udf.incident.FraudIncident;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
      Method factory =
          Arrays.stream(function.getDeclaredMethods())
              .filter(method -> method.isAnnotationPresent(UdafFactory.class))
              .findFirst()
              .orElseThrow();
      UdafFactory variant = factory.getAnnotation(UdafFactory.class);
      table
          .append("| `")
          .append(described.name())
          .append("(event)` | `")
          .append(variant.paramSchema()[0])
          .append("` | ")
          .append(described.description())
          .append(" ")
          .append(variant.description())
          .append(" |\n");
    }
    return table.toString();
  }
}
