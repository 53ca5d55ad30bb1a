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
import dev.flagstream.engine.planner.refusal.PhysicalPlanException;
import dev.flagstream.engine.planner.refusal.StatementException;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ExactDecimals;
import java.util.Optional;
import java.util.function.Supplier;

/** Types the expressions of a query's clauses, with messages that name the clause. */
public final class ClauseAnalyzer {

  /** Whether a NULL that is cast to STRING stays NULL. */
  private static final String PRESERVE_NULLS = "ksql.cast.strings.preserve.nulls";

  private static final String SELECT = "Select";

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
   * As {@link #analyze(Expression, Scope)}, with refusals in the words of a clause. What SELECT
   * computes belongs to the output's schema; for other clauses code is generated after it.
   *
   * @param what the clause as messages name it, such as {@code Select}
   */
  public TypedExpression analyze(String what, Expression expression, Scope scope) {
    try {
      return analyze(expression, scope);
    } catch (ConversionException e) {
      Place place = place(expression, scope);
      if (!what.equals(SELECT) || e.isOfPlan()) {
        throw place.refusalOfCode(what, e);
      }
      throw new SqlException("Invalid Select: " + e.words() + place.quoted() + e.advice(), e);
    } catch (CodeGenerationException e) {
      String message = "Unexpected error generating code for " + what + ": " + e.getMessage();
      throw what.equals(SELECT)
          ? new SqlException(message, e)
          : new PhysicalPlanException(message, e);
    }
  }

  /** An item of SELECT, which has a type: a NULL alone has none. */
  TypedExpression selected(Expression expression, Scope scope) {
    TypedExpression typed = analyze(SELECT, expression, scope);
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
        "Invalid " + what + ": NULL expression not supported" + place(expression, scope).quoted());
  }

  /** Where an expression is, as ksqlDB adds it to refusals of its code generation. */
  private record Place(String expression, String schema) {

    String text() {
      return ". expression: " + expression + ", schema:" + schema;
    }

    /** The same, with the expression in the place of a statement. */
    String quoted() {
      return text() + "\nStatement: " + expression;
    }

    /** Refuses with nothing around it; the expression stands for the statement. */
    StatementException refusalOfCode(String what, ConversionException e) {
      return new StatementException(
          "Invalid " + what + ": " + e.words() + text() + e.advice(), expression, e);
    }
  }

  private static Place place(Expression expression, Scope scope) {
    return place(
        expression,
        scope instanceof Stage stage ? PseudoColumns.schemaText(stage.step().schema()) : "");
  }

  private static Place place(Expression expression, String schema) {
    return new Place(ExpressionPrinter.print(wholeNumbers(expression)), schema);
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
    return condition(clause, expression, scope, () -> place(expression, scope));
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
        () -> place(ExpressionRewriter.rewrite(expression, groups::computedColumn), schema.get()));
  }

  private TypedExpression condition(
      String clause, Expression expression, Scope scope, Supplier<Place> place) {
    TypedExpression condition;
    try {
      condition = analyze(expression, scope);
    } catch (ConversionException e) {
      throw place.get().refusalOfCode("Predicate", e);
    } catch (CodeGenerationException e) {
      throw new PhysicalPlanException(
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
