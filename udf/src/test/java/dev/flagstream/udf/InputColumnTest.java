package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InputColumnTest {

  private static final Path SOURCE_STREAM = Path.of("..", "ksql", "01-transactions.sql");

  @Test
  void areTheColumnsThatTheScriptDeclares() throws IOException {
    String script = Files.readString(SOURCE_STREAM);
    String opening = "EXISTS transactions (";
    String declared = script.substring(script.indexOf(opening) + opening.length());

    assertThat(InputColumn.ALL.stream().map(InputColumnTest::asSql).collect(joined()))
        .isEqualTo(singleSpaced(declared.substring(0, declared.indexOf(") WITH"))));
  }

  private static String asSql(InputColumn column) {
    return column.name() + " " + typeOf(column);
  }

  private static String typeOf(InputColumn column) {
    return switch (column.type()) {
      case MONEY -> "DECIMAL(10, 2)";
      case STRUCT -> "STRUCT<" + fieldsOf(column.fields()) + ">";
      case VARCHAR, INTEGER, BIGINT, DOUBLE -> column.type().name();
    };
  }

  private static String fieldsOf(List<InputColumn> fields) {
    return fields.stream().map(InputColumnTest::asSql).collect(joined());
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static String singleSpaced(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
