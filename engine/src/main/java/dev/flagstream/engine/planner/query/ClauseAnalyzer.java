package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.DecimalLiteral;
import dev.flagstream.engine.ast.Expression.FunctionCall;
import dev.flagstream.engine.ast.Expression.LongLiteral;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.expression.Casts;
import dev.flagstream.engine.expression.CodeGenerationException;
import dev.flagstream.engine.expression.ConversionException;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.Scope;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.UnknownFunctionException;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ExactDecimals;
import java.util.Optional;
import java.util.function.Supplier;

/** Types the expressions of a query's clauses, with messages that name the clause. */
public final class ClauseAnalyzer {

  /** Whether a NULL that is cast to STRING stays NULL. */
  private static final String PRESERVE_NULLS = "ksql.cast.strings.preserve.nulls";

  private final FunctionCatalog functions;
  private final TypeResolver types;
  private final Casts.NullText nulls;

  public ClauseAnalyzer(FunctionCatalog functions, Catalog catalog, Session session) {
    this.functions = functions;
    this.types = new TypeResolver(catalog);
    this.nulls =
        session.property(PRESERVE_NULLS).filter("false"::equals).isPresent()
            ? Casts.NullText.TEXT
            : Casts.NullText.NULL;
  }

  public FunctionCatalog functions() {
    return functions;
  }

  TypeResolver types() {
    return types;
  }

  /** Checks that every function called exists. */
  void checkFunctions(Expression expression) {
    ExpressionRewriter.walk(
        expression,
        node -> {
          if (node instanceof FunctionCall call && functions.kindOf(call.name()).isEmpty()) {
            throw new UnknownFunctionException(call.name(), functions);
          }
        });
  }

  public TypedExpression analyze(Expression expression, Scope scope) {
    return new ExpressionAnalyzer(functions, types, scope, nulls).analyze(expression);
  }

  /**
   * As {@link #analyze(Expression, Scope)}, with refusals in the words of a clause.
   *
   * @param what the clause as messages name it, such as {@code Select}
   */
  public TypedExpression analyze(String what, Expression expression, Scope scope) {
    try {
      return analyze(expression, scope);
    } catch (ConversionException e) {
      throw new SqlException(
          "Invalid " + what + ": " + e.words() + context(expression, scope) + e.advice(), e);
    } catch (CodeGenerationException e) {
      throw new SqlException(
          "Unexpected error generating code for " + what + ": " + e.getMessage(), e);
    }
  }

  /** An item of SELECT, which has a type: a NULL alone has none. */
  TypedExpression selected(Expression expression, Scope scope) {
    TypedExpression typed = analyze("Select", expression, scope);
    if (typed.knownType().isEmpty()) {
      throw new SqlException(
          "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null"
              + " AS VARCHAR).");
    }
    return typed;
  }

  /** Whether there is code for an expression; false for nothing else that is wrong with it. */
  boolean isComputable(Expression expression, Scope scope) {
    try {
      analyze(expression, scope);
      return true;
    } catch (ConversionException | CodeGenerationException e) {
      return false;
    } catch (SqlException e) {
      return true;
    }
  }

  /** ksqlDB has no code for a NULL that stands alone where a function takes it row by row. */
  SqlException bareNull(String what, Expression expression, Scope scope) {
    return new SqlException(
        "Invalid " + what + ": NULL expression not supported" + context(expression, scope));
  }

  /** The place of the expression, as ksqlDB adds it to refusals of its code generation. */
  private static String context(Expression expression, Scope scope) {
    return context(
        expression,
        scope instanceof Stage stage ? PseudoColumns.schemaText(stage.step().schema()) : "");
  }

  private static String context(Expression expression, String schema) {
    String written = ExpressionPrinter.print(wholeNumbers(expression));
    return ". expression: " + written + ", schema:" + schema + "\nStatement: " + written;
  }

  /** A DECIMAL literal without places, {@code 10.}, is {@code 10} in ksqlDB's plan. */
  private static Expression wholeNumbers(Expression expression) {
    return ExpressionRewriter.rewrite(
        expression,
        node ->
            node instanceof DecimalLiteral decimal && ExactDecimals.isWholeInPlans(decimal.value())
                ? Optional.of(new LongLiteral(decimal.at(), decimal.value().longValueExact()))
                : Optional.empty());
  }

  /** The condition of WHERE. */
  TypedExpression condition(String clause, Expression expression, Scope scope) {
    return condition(clause, expression, scope, () -> context(expression, scope));
  }

  /**
   * The condition of HAVING.
   *
   * @param schema of the groups, as refusals show it
   */
  TypedExpression havingCondition(Expression expression, Stage groups, Supplier<String> schema) {
    return condition(
        "HAVING",
        expression,
        groups,
        () ->
            context(ExpressionRewriter.rewrite(expression, groups::computedColumn), schema.get()));
  }

  private TypedExpression condition(
      String clause, Expression expression, Scope scope, Supplier<String> context) {
    TypedExpression condition;
    try {
      condition = analyze(expression, scope);
    } catch (ConversionException e) {
      throw new SqlException("Invalid Predicate: " + e.words() + context.get() + e.advice(), e);
    } catch (CodeGenerationException e) {
      throw new SqlException(
          "Unexpected error generating code for Predicate: " + e.getMessage(), e);
    } catch (SqlException e) {
      throw new SqlException(
          "Error in "
              + clause
              + " expression: "
              + e.getMessage()
              + "\nStatement: "
              + ExpressionPrinter.print(expression),
          e);
    }
    if (!condition.isOf(SqlType.BOOLEAN)) {
      throw new SqlException(
          "Type error in "
              + clause
              + " expression: Should evaluate to boolean but is "
              + ExpressionPrinter.print(expression)
              + " ("
              + condition.knownType().map(SqlType::toString).orElse("NULL")
              + ") instead.\nStatement: "
              + ExpressionPrinter.print(expression));
    }
    return condition;
  }
}
