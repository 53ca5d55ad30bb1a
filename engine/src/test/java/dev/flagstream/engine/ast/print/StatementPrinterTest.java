package dev.flagstream.engine.ast.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.parser.SqlParser;
import org.junit.jupiter.api.Test;

class StatementPrinterTest {

  @Test
  void windowsEndTheirLineWithABlank() {
    assertThat(
            print(
                "CREATE TABLE t AS SELECT k FROM s WINDOW TUMBLING (SIZE 1 MINUTE,"
                    + " GRACE PERIOD 0 SECONDS) GROUP BY k EMIT FINAL;"))
        .isEqualTo(
            """
            CREATE TABLE T AS SELECT K
            FROM S S
            WINDOW TUMBLING ( SIZE 1 MINUTES , GRACE PERIOD 0 SECONDS )\s
            GROUP BY K
            EMIT FINAL;\
            """);
  }

  @Test
  void sortsPropertiesByName() {
    assertThat(print("CREATE STREAM s WITH (value_format='JSON', kafka_topic='t', partitions=2);"))
        .isEqualTo("CREATE STREAM S WITH (KAFKA_TOPIC='t', PARTITIONS=2, VALUE_FORMAT='JSON');");
  }

  @Test
  void explainBreaksTheLineBehindItself() {
    assertThat(print("EXPLAIN csas_s_1;")).isEqualTo("EXPLAIN \nCSAS_S_1;");
  }

  @Test
  void masksTheValuesOfRows() {
    assertThat(
            StatementPrinter.printMasked(
                parse("INSERT INTO cards (number, amount) VALUES ('4111111111111111', 12.5);")))
        .isEqualTo("INSERT INTO `CARDS` (`NUMBER`, `AMOUNT`) VALUES ('[value]', '[value]');");
    assertThat(StatementPrinter.printMasked(parse("INSERT INTO cards VALUES (1);")))
        .isEqualTo("INSERT INTO `CARDS` VALUES ('[value]');");
  }

  @Test
  void masksTheSettingsOfConnectors() {
    assertThat(
            StatementPrinter.printMasked(
                parse(
                    "CREATE SINK CONNECTOR store WITH ('connector.class'='Store',"
                        + " 'connection.uri'='mongodb://user:secret@host');")))
        .doesNotContain("secret")
        .contains("'connector.class'='Store'")
        .contains("'connection.uri'='[string]'");
  }

  @Test
  void hasNothingToMaskElsewhere() {
    Statement statement = parse("SHOW STREAMS;");

    assertThat(StatementPrinter.printMasked(statement)).isEqualTo("SHOW STREAMS;");
  }

  private static String print(String sql) {
    return StatementPrinter.print(parse(sql));
  }

  private static Statement parse(String sql) {
    return new SqlParser().parse(sql).get(0).statement();
  }
}
