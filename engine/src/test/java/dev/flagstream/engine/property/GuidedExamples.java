package dev.flagstream.engine.property;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.Variant;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlSyntaxException;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of this package for examples that somebody else draws, by bytes: a fuzzer that
 * watches which code each example reaches.
 */
public final class GuidedExamples {

  private GuidedExamples() {}

  /** Draws expressions and rows, and holds them to {@link ExpressionPropertiesTest}. */
  public static void checkExpressions(byte[] choices) {
    ExpressionPropertiesTest.check(ExpressionsOverRows.draw(choices(choices)));
  }

  /** Draws statements and records, and holds them to {@link ScriptPropertiesTest}. */
  public static void checkScript(byte[] choices) {
    Script script = Script.draw(choices(choices));
    script.statements().forEach(ScriptPropertiesTest::printAndReadAgain);
    ScriptPropertiesTest.runs(script);
  }

  /**
   * Carries out a script beside statements without a broker: each statement is accepted, or refused
   * with a sentence.
   *
   * @param before must all be accepted
   */
  public static void checkStatements(List<String> before, String script) {
    try (CheckedEngine engine = new CheckedEngine()) {
      if (!engine.accepts(before)) {
        throw new IllegalArgumentException("refused: " + before);
      }
      List<ParsedStatement> statements;
      try {
        statements = engine.engine().parse(script);
      } catch (SqlSyntaxException | SqlException | UnsupportedFeatureException e) {
        return;
      }
      for (ParsedStatement statement : statements) {
        if (statement.statement() instanceof Statement.QueryStatement) {
          engine.select(statement.text());
        } else {
          engine.accepts(statement.text());
        }
      }
    }
  }

  /**
   * Draws what a call of a variant of a function may be given.
   *
   * @return empty for variants that take lambdas or units of time, which are no values
   */
  public static Optional<List<Argument>> drawArguments(Variant variant, byte[] choices) {
    Choices drawn = choices(choices);
    Map<String, SqlType> variables = new HashMap<>();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < variant.parameters().size(); i++) {
      TypePattern pattern = SignatureText.parse(variant.parameters().get(i).type());
      if (pattern instanceof TypePattern.IntervalUnit || pattern instanceof TypePattern.LambdaOf) {
        return Optional.empty();
      }
      int count = variant.parameters().get(i).variadic() ? drawn.between(1, 3) : 1;
      for (int n = 0; n < count; n++) {
        arguments.add(new Argument.Value(CallForm.draw(drawn, pattern, variables)));
      }
    }
    return Optional.of(arguments);
  }

  /** Refuses an error of a function or statement that is a fault of the engine. */
  public static void refuseInternal(String what, Throwable error) {
    InternalErrors.refuse(what, error);
  }

  /** Two bytes make a number; those that are missing make the simplest choice. */
  private static Choices choices(byte[] bytes) {
    List<Integer> numbers = new ArrayList<>(bytes.length / 2);
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      numbers.add(((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF));
    }
    return new Choices(numbers);
  }
}
