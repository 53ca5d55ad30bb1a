package dev.flagstream.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
