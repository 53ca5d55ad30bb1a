package dev.flagstream.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorTest {

  @Test
  void marksTheWordThatTheMessageSpeaksOf() {
    SqlError error = new SqlError("line 2:8: Syntax Error");

    assertThat(error.explain("CREATE\nSTREAM\tSTRAEM;"))
        .isEqualTo("line 2:8: Syntax Error\n\n  STREAM\tSTRAEM;\n        \t^^^^^^");
  }

  @Test
  void understandsKsqlDbsOtherWayToGiveAPosition() {
    SqlError error = new SqlError("Line: 1, Col: 8: SELECT column 'NOCOL' cannot be resolved.");

    assertThat(error.explain("SELECT nocol FROM x;"))
        .endsWith("  SELECT nocol FROM x;\n         ^^^^^");
  }

  @Test
  void leavesMessagesWithoutAPositionAlone() {
    assertThat(new SqlError("Unknown queryId: X").explain("TERMINATE X;"))
        .isEqualTo("Unknown queryId: X");
  }

  @Test
  void ignoresAPositionOutsideOfTheStatement() {
    assertThat(new SqlError("line 7:1: odd").explain("SHOW;")).isEqualTo("line 7:1: odd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          CREATE STREM a (x INT);                       | 1:8  | Did you mean STREAM?
          CREATE STREAM a (x INT) WIHT (KAFKA_TOPIC='a'); | 1:25 | Did you mean WITH?
          SELECT * FORM a;                              | 1:10 | Did you mean FROM?
          SHOW STREAM;                                  | 1:6  | Did you mean STREAMS?
          CREATE STREAM a (x INT WITH (KAFKA_TOPIC='a');  | 1:24 | You can write ',' or ')' here.
          SET auto.offset.reset = earliest;             | 1:5  | You can write a text in single quotes here.
          SELECT x FROM a LIMIT ten;                    | 1:23 | You can write a whole number here.
          SELECT * FROM a WHERE x = ;                   | 1:27 | You can write a column, a value or a function here.
          TERMINATE;                                    | 1:10 | You can write a name here.
          SELECT * FROM select;                         | 1:15 | You can write a name here. select is a reserved word; as a name it is written `select`.
          SELECT 'abc FROM a;                           | 1:8  | What begins with this ' has no end: close it.
          """)
  void saysWhatCanBeWrittenInstead(String statement, String place, String advice) {
    assertThat(new SqlError("line " + place + ": Syntax Error").explain(statement).lines())
        .contains(advice);
  }

  @Test
  void doesNotGuessAtAnErrorElsewhere() {
    assertThat(new SqlError("line 1:1: Syntax Error").explain("SELECT * FORM a;"))
        .isEqualTo("line 1:1: Syntax Error\n\n  SELECT * FORM a;\n  ^^^^^^");
  }
}
