package dev.flagstream.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.parser.SqlParser;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What is true of every query and every record. */
@Seeded
class ScriptPropertiesTest {

  @Provide
  Arbitrary<Script> scripts() {
    return Drawn.by(600, Script::draw);
  }

  @Property(tries = 300)
  void statementsAreRefusedOrRunWhateverTheirRecordsHold(@ForAll("scripts") Script script) {
    Statistics.collect(runs(script));
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
  }

  /** Whether the script is accepted; it then takes all its records. */
  static boolean runs(Script script) {
    try (CheckedEngine engine = new CheckedEngine()) {
      boolean accepted = engine.accepts(script.statements());
      if (accepted) {
        engine.send(script.records());
      }
      return accepted;
    }
  }

  @Property(tries = 300)
  void statementsAreTheSameOncePrintedAndReadAgain(@ForAll("scripts") Script script) {
    script.statements().forEach(ScriptPropertiesTest::printAndReadAgain);
  }

  static void printAndReadAgain(String sql) {
    Statement written = parse(sql);
    String printed = StatementPrinter.print(written);
    assertThat(parse(printed)).as(printed).isEqualTo(written);
  }

  private static Statement parse(String sql) {
    return SqlParser.withoutSubstitution().parse(sql, Map.of()).get(0).statement();
  }
}
