package dev.flagstream.engine.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.WindowType;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.ColumnRole;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import dev.flagstream.engine.parser.words.ReservedWords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Vocabulary;
import org.junit.jupiter.api.Test;

class SqlParserTest {

  private final SqlParser parser = new SqlParser();

  @Test
  void splitsAtSemicolonsOutsideStringsCommentsAndQuotedNames() {
    String script =
        """
        -- first; nothing
        SHOW STREAMS; /* ; */
        SET 'a;b' = 'c''; d';
        DESCRIBE FUNCTION `odd;name`;
        """;

    List<ParsedStatement> statements = parser.parse(script);

    assertThat(statements)
        .extracting(ParsedStatement::text)
        .containsExactly("SHOW STREAMS;", "SET 'a;b' = 'c''; d';", "DESCRIBE FUNCTION `odd;name`;");
    assertThat(statements).extracting(s -> s.at().toString()).containsExactly("2:1", "3:1", "4:1");
  }

  @Test
  void findsNothingInBlanksAndComments() {
    assertThat(parser.parse("")).isEmpty();
    assertThat(parser.parse(" \n -- nothing\n/* here */ ")).isEmpty();
  }

  @Test
  void asksForTheSemicolon() {
    assertThatThrownBy(() -> parser.parse("SHOW STREAMS"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("missing ';' at '<EOF>'");
  }

  @Test
  void placesTheEndBehindACommentThatHidesTheSemicolon() {
    assertThatThrownBy(() -> parser.parse("SHOW TABLES;\nSELECT k, k -- all FROM s;"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageStartingWith("line 2:27: Syntax Error");
  }

  @Test
  void cutsTheTextOfStatementsBehindCharactersOutsideTheBasicPlane() {
    List<ParsedStatement> statements = parser.parse("SET 'a' = '\uD83D\uDE00'; SHOW TABLES;");

    assertThat(statements).extracting(ParsedStatement::text).last().isEqualTo("SHOW TABLES;");
  }

  @Test
  void positionsCountFromTheStartOfTheScript() {
    String script = "SHOW STREAMS;\nCREATE STREAM s AS SELECT nocol FROM t;";

    Query query = ((Statement.CreateAsSelect) parser.parse(script).get(1).statement()).query();

    Position at = ((Query.SelectItem.Single) query.select().get(0)).expression().at();
    assertThat(at).hasToString("2:27");
  }

  @Test
  void readsTheRolesOfColumns() {
    Statement.CreateSource stream =
        (Statement.CreateSource)
            single(
                "CREATE STREAM s (k INT KEY, v INT, h ARRAY<STRUCT<key STRING, value BYTES>> HEADERS,"
                    + " x BYTES HEADER('x')) WITH (KAFKA_TOPIC='t');");

    assertThat(stream.columns())
        .extracting(Statement.ColumnDefinition::role)
        .containsExactly(ColumnRole.KEY, ColumnRole.VALUE, ColumnRole.HEADERS, ColumnRole.HEADER);
    assertThat(stream.columns().get(3).headerName()).contains("x");
  }

  @Test
  void upperCasesPropertyNamesAndKeepsTheirOrder() {
    Statement.CreateSource table =
        (Statement.CreateSource)
            single("CREATE TABLE t (k INT PRIMARY KEY) WITH (value_format='JSON', partitions=4);");

    assertThat(table.with().keySet()).containsExactly("VALUE_FORMAT", "PARTITIONS");
  }

  @Test
  void readsWindowsWithTheirLimits() {
    Query query =
        query(
            "SELECT a FROM s WINDOW HOPPING (SIZE 1 MINUTE, ADVANCE BY 10 SECONDS,"
                + " RETENTION 2 HOURS, GRACE PERIOD 500 MILLISECONDS) GROUP BY a EMIT CHANGES;");

    Query.Window window = query.window().orElseThrow();
    assertThat(window.type()).isEqualTo(WindowType.HOPPING);
    assertThat(window.size()).isEqualTo(Duration.ofMinutes(1));
    assertThat(window.advance()).contains(Duration.ofSeconds(10));
    assertThat(window.retention()).contains(Duration.ofHours(2));
    assertThat(window.grace()).contains(Duration.ofMillis(500));
  }

  @Test
  void nestsJoinsToTheLeft() {
    Query query =
        query(
            "SELECT * FROM a LEFT JOIN b WITHIN (1 SECOND, 2 SECONDS) ON a.k = b.k"
                + " JOIN c ON a.k = c.k EMIT CHANGES;");

    Query.Relation.Join outer = (Query.Relation.Join) query.from();
    Query.Relation.Join inner = (Query.Relation.Join) outer.left();
    assertThat(outer.type()).isEqualTo(Query.JoinType.INNER);
    assertThat(inner.type()).isEqualTo(Query.JoinType.LEFT);
    assertThat(inner.within().orElseThrow().before()).isEqualTo(Duration.ofSeconds(1));
    assertThat(inner.within().orElseThrow().after()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void writtenOnceOrTwiceAnExpressionIsTheSame() {
    Query query = query("SELECT a + 1 FROM s GROUP BY  A+1;");

    Expression selected = ((Query.SelectItem.Single) query.select().get(0)).expression();
    assertThat(query.groupBy().orElseThrow().expressions()).containsExactly(selected);
  }

  @Test
  void printTakesEachSomethingOfATopicByIntervalOrBySample() {
    for (String word : List.of("INTERVAL", "SAMPLE", "sample")) {
      Statement.PrintTopic print =
          (Statement.PrintTopic)
              single("PRINT 'card-windows' FROM BEGINNING " + word + " 3 LIMIT 2;");

      assertThat(print.topic()).isEqualTo("card-windows");
      assertThat(print.interval()).hasValue(3);
      assertThat(print.limit()).hasValue(2);
    }
    Statement.PrintTopic newest = (Statement.PrintTopic) single("PRINT card_windows SAMPLE 2;");
    assertThat(newest.fromBeginning()).isFalse();
    assertThat(newest.interval()).hasValue(2);
    assertThat(newest.limit()).isEmpty();
  }

  @Test
  void keepsTheCaseOfTopics() {
    Statement.PrintTopic print =
        (Statement.PrintTopic) single("PRINT card_windows FROM BEGINNING LIMIT 2;");

    assertThat(print.topic()).isEqualTo("card_windows");
    assertThat(print.limit()).hasValue(2);
  }

  @Test
  void knowsNoUnitsOfMonthsAndYears() {
    String sql = "SELECT DATEADD(MONTHS, 1, due) FROM payments EMIT CHANGES;";

    assertThatThrownBy(() -> parser.parse(sql))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("line 1:16: Syntax Error\nSyntax error at or near 'MONTHS'");
  }

  @Test
  void saysWhereAndWhatInFields() {
    SqlSyntaxException e =
        catchThrowableOfType(
            SqlSyntaxException.class,
            () -> parser.parse("SHOW TABLES;\n CREATE STREAM s (K STRING (KEY));"));

    assertThat(e.line()).isEqualTo(2);
    assertThat(e.column()).isEqualTo(29);
    assertThat(e.offendingText()).isEqualTo("KEY");
    assertThat(e.expected()).containsExactly("'STRING'", "INTEGER_VALUE");
    assertThat(e.statementText()).isEqualTo("CREATE STREAM s (K STRING (KEY));");
  }

  @Test
  void refusesNestingThatWouldOverflowTheStack() {
    String deepBrackets = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    String manySigns = "NOT ".repeat(100_000) + "x";

    for (String deep : List.of(deepBrackets, manySigns)) {
      assertThatThrownBy(() -> parser.parse("SELECT " + deep + " FROM s;"))
          .isInstanceOf(SqlSyntaxException.class)
          .hasMessageContaining("nested too deeply");
    }
  }

  @Test
  void operatorsStandInEachOtherUpToFiveHundredDeep() {
    String sum = "1" + " + 1".repeat(500);
    assertThat(parser.parse("SELECT " + sum + " FROM s;")).hasSize(1);

    for (String deep :
        List.of(
            sum + " + 1",
            "NOT ".repeat(501) + "x",
            "- ".repeat(501) + "x",
            "x" + " OR y".repeat(501))) {
      assertThatThrownBy(() -> parser.parse("SELECT " + deep + " FROM s;"))
          .isInstanceOf(SqlSyntaxException.class)
          .hasMessageContaining("nested too deeply");
    }
  }

  @Test
  void aStatementHasAMillionCharactersAtMost() {
    String longest = "SELECT '" + "x".repeat(1_000_000 - 17) + "' FROM s;";
    assertThat(longest).hasSize(1_000_000);
    assertThat(parser.parse(longest)).hasSize(1);

    assertThatThrownBy(() -> parser.parse("SHOW TABLES; " + longest.replace("FROM", " FROM")))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("The statement has 1000001 characters, more than the 1000000");
  }

  @Test
  void aRequestHasTenThousandStatementsAtMost() {
    String most = "SHOW TABLES;".repeat(10_000);
    assertThat(parser.parse(most)).hasSize(10_000);

    assertThatThrownBy(() -> parser.parse(most + "SHOW TABLES;"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("The request has 10001 statements, more than the 10000");
  }

  @Test
  void replacesVariablesInNamesLiteralsAndStrings() {
    ParsedStatement parsed =
        parser
            .parse(
                "INSERT INTO ${target} (${col}) VALUES (${n}, 'x${text}y');",
                Map.of("TARGET", "s1", "col", "`C`", "n", "-5", "text", "it's"))
            .get(0);

    assertThat(parsed.text()).isEqualTo("INSERT INTO s1 (`C`) VALUES (-5, 'xit''sy');");
  }

  @Test
  void definitionsApplyToLaterStatementsOfTheScript() {
    List<ParsedStatement> statements =
        parser.parse(
            "DEFINE t = 'a'; DESCRIBE ${T}; DEFINE t = 'b'; DESCRIBE ${t}; UNDEFINE t;"
                + " SET 'p' = '${t}';");

    assertThat(statements)
        .extracting(ParsedStatement::text)
        .contains("DESCRIBE a;", "DESCRIBE b;", "SET 'p' = '${t}';");
  }

  @Test
  void doubledDollarKeepsTheReference() {
    assertThat(parser.parse("SET 'p' = '$${x}';", Map.of("x", "1")).get(0).text())
        .isEqualTo("SET 'p' = '${x}';");
  }

  @Test
  void replacesReferencesInsideReferences() {
    assertThat(
            parser
                .parse("SET 'p' = '${${which}} and $${${which}}';", Map.of("which", "a", "A", "1"))
                .get(0)
                .text())
        .isEqualTo("SET 'p' = '1 and ${a}';");
  }

  @Test
  void quotesInsideTheValueOfAStringVariableStayText() {
    assertThat(
            parser
                .parse(
                    "CREATE STREAM s WITH (KAFKA_TOPIC=${topic});",
                    Map.of("topic", "'t', VALUE_FORMAT='JSON'"))
                .get(0)
                .text())
        .isEqualTo("CREATE STREAM s WITH (KAFKA_TOPIC='t'', VALUE_FORMAT=''JSON');");
  }

  @Test
  void aVariableInAnExpressionIsAColumnOrALiteral() {
    Map<String, String> variables = Map.of("col", "amount", "num", "1.5", "more", "5 AND id <> 5");

    assertThat(parser.parse("SELECT ${col} FROM s WHERE a = ${num};", variables).get(0).text())
        .isEqualTo("SELECT amount FROM s WHERE a = 1.5;");
    assertThatThrownBy(() -> parser.parse("SELECT * FROM s WHERE id = ${more};", variables))
        .hasMessageContaining("Illegal argument");
  }

  @Test
  void refusesSourceNamesThatNoTopicCouldHave() {
    assertThatThrownBy(() -> parser.parse("CREATE STREAM `foo!bar` WITH (KAFKA_TOPIC='f');"))
        .hasMessageContaining(
            "Illegal argument at Line: 1, Col: 15. Source names may only contain alphanumeric"
                + " values, '_' or '-'. Got: 'foo!bar'");
  }

  @Test
  void everyKeywordIsEitherReservedOrAName() {
    Vocabulary vocabulary = SqlLexer.VOCABULARY;
    for (int type = 1; type <= vocabulary.getMaxTokenType(); type++) {
      String literal = vocabulary.getLiteralName(type);
      if (literal != null && Character.isLetter(literal.charAt(1))) {
        String word = literal.substring(1, literal.length() - 1);
        String select = "SELECT " + word + " AS x FROM s;";
        if (ReservedWords.contains(word)) {
          assertThat(parser.parse("SELECT `" + word + "` FROM s;")).hasSize(1);
          assertThat(parser.parse("DEFINE " + word + " = 'x';")).hasSize(1);
        } else {
          assertThat(parser.parse(select)).hasSize(1);
        }
      }
    }
  }

  @Test
  void namesTheVariableThatIsNotDefined() {
    assertThatThrownBy(() -> parser.parse("DESCRIBE ${nowhere};"))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("${nowhere} is not defined");
  }

  @Test
  void aVariableNeverStandsForMoreThanOneWord() {
    assertThatThrownBy(() -> parser.parse("DESCRIBE ${x};", Map.of("x", "a; DROP STREAM a")))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("Illegal argument at line 1:10. Identifier names cannot start")
        .hasMessageContaining("Got: 'a; DROP STREAM a'");
  }

  @Test
  void aVariableIsNoKeyword() {
    assertThatThrownBy(() -> parser.parse("${x} STREAMS;", Map.of("x", "SHOW")))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageContaining("Unknown statement '${x}'");
  }

  @Test
  void knowsWhenAShellShouldAskForMore() {
    assertThat(parser.isComplete("SHOW STREAMS; -- done")).isTrue();
    assertThat(List.of("", "SHOW STREAMS", "SET 'a' = 'b;", "DESCRIBE `a;", "SHOW /* a; STREAMS;"))
        .noneMatch(parser::isComplete);
  }

  private Statement single(String sql) {
    List<ParsedStatement> statements = parser.parse(sql);
    assertThat(statements).hasSize(1);
    return statements.get(0).statement();
  }

  private Query query(String sql) {
    return ((Statement.QueryStatement) single(sql)).query();
  }
}
