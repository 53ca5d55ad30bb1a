package dev.flagstream.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void cutsAtSemicolons() {
    assertThat(SqlScript.of("SHOW STREAMS; SHOW\nTABLES;").statements())
        .containsExactly("SHOW STREAMS;", "SHOW\nTABLES;");
  }

  @Test
  void leavesSemicolonsInQuotesAndCommentsAlone() {
    SqlScript script =
        SqlScript.of("SELECT ';', `a;b`, 'it''s; so' -- no; end\n/* nor; here */ FROM x;");

    assertThat(script.statements()).hasSize(1);
    assertThat(script.isIncomplete()).isFalse();
  }

  @Test
  void keepsWhatNoSemicolonEnds() {
    SqlScript script = SqlScript.of("SHOW STREAMS; SELECT 'a");

    assertThat(script.rest()).isEqualTo("SELECT 'a");
    assertThat(script.isIncomplete()).isTrue();
  }

  @Test
  void isCompleteWhenOnlyCommentsFollow() {
    assertThat(SqlScript.of("SHOW STREAMS; -- done\n /* really */ ").isIncomplete()).isFalse();
  }

  @Test
  void endsCommandsOfTheShellThatStandInALineOfTheirOwn() {
    assertThat(
            SqlScript.withCommandsEnded(
                """
                version
                -- the rest in JSON
                OUTPUT json
                set cli wrap off
                SHOW STREAMS;
                SELECT a,
                  version
                FROM s;
                exit"""))
        .isEqualTo(
            """
            version;
            -- the rest in JSON
            OUTPUT json;
            set cli wrap off;
            SHOW STREAMS;
            SELECT a,
              version
            FROM s;
            exit;
            """);
  }
}
