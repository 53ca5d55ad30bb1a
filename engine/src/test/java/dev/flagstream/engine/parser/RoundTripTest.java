package dev.flagstream.engine.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.print.StatementPrinter;
import org.junit.jupiter.api.Test;

class RoundTripTest {

  private static final int STATEMENTS = 2_000;

  @Test
  void whatIsPrintedReadsBackAsTheSameTree() {
    SqlParser parser = new SqlParser();
    for (long seed = 0; seed < STATEMENTS; seed++) {
      Statement written = new RandomTrees(seed).statement();

      String text = StatementPrinter.print(written);

      assertThat(parser.parse(text))
          .as("seed %d: %s", seed, text)
          .singleElement()
          .extracting(ParsedStatement::statement)
          .isEqualTo(written);
    }
  }
}
