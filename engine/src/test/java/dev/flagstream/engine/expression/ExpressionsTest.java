package dev.flagstream.engine.expression;

import dev.flagstream.engine.function.builtin.ExpressionLines;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** What every operator, cast and constructor means, in {@code src/test/resources/expressions}. */
class ExpressionsTest {

  @TestFactory
  Stream<DynamicContainer> meanWhatTheLinesSay() {
    return new ExpressionLines("/expressions").tests();
  }
}
