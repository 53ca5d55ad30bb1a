package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Between;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.Comparison;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Expression.In;
import dev.flagstream.engine.ast.Expression.IsNull;
import dev.flagstream.engine.ast.Expression.Like;
import dev.flagstream.engine.ast.Expression.Logical;
import dev.flagstream.engine.ast.Expression.Not;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.Constants;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.Scope;
import dev.flagstream.engine.expression.StrictCoercion;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the WHERE of a pull query of a table may say: comparisons, LIKE and IS [NOT] NULL, joined by
 * AND and OR. The condition is looked at as a list of ways in which it can hold, each a list of
 * comparisons that hold together:
 *
 * <pre>
 *   k IN (1, 2) AND v &gt; 3   →   k = 1 AND v &gt; 3,  k = 2 AND v &gt; 3
 * </pre>
 *
 * If each way has a comparison for every key column, these must be with values of the column's
 * type; else every row of the table is looked at.
 */
final class PullConditions {

  private static final int MAX_WAYS = 1_000;

  private static final Set<ComparisonOperator> OF_WINDOWS =
      EnumSet.of(
          ComparisonOperator.EQUAL,
          ComparisonOperator.LESS_THAN,
          ComparisonOperator.LESS_THAN_OR_EQUAL,
          ComparisonOperator.GREATER_THAN,
          ComparisonOperator.GREATER_THAN_OR_EQUAL);

  private static final String NEEDED =
      """
      .  See https://cnfl.io/queries for more info.
      Add EMIT CHANGES if you intended to issue a push query.
      Pull queries require a WHERE clause that:
       - includes a key equality expression, e.g. `SELECT * FROM X WHERE <key-column> = Y;`.
       - in the case of a multi-column key, is a conjunction of equality expressions that cover all key columns.
       - to support range expressions, e.g.,  SELECT * FROM X WHERE <key-column> < Y;`, range scans need to be enabled by setting ksql.query.pull.range.scan.enabled=true
      """;

  private static final String NEEDED_OF_WINDOWS =
      """
       - (optionally) limits the time bounds of the windowed table.
      \t Bounds on [`WINDOWSTART`, `WINDOWEND`] are supported
      \t Supported operators are [EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL]
      """;

  private static final String MORE =
      "If more flexible queries are needed, , table scans can be enabled by setting"
          + " ksql.query.pull.table.scan.enabled=true.";

  private final Source source;
  private final boolean windowed;
  private final boolean scans;
  private final ClauseAnalyzer clauses;
  private final Map<String, ?> properties;

  /**
   * The rules for one table.
   *
   * @param scans whether every row of it may be looked at
   */
  PullConditions(Source source, boolean scans, ClauseAnalyzer clauses, Map<String, ?> properties) {
    this.source = source;
    this.windowed = source.window().isPresent();
    this.scans = scans;
    this.clauses = clauses;
    this.properties = properties;
  }

  /** Refuses to look at every row, if that is not allowed. */
  void checkWithoutCondition() {
    if (!scans) {
      throw refusal("Missing WHERE clause", windowed);
    }
  }

  /**
   * Refuses what ksqlDB refuses.
   *
   * @param where a condition that is known to be one, its columns without the name of the source
   */
  void check(Expression where) {
    List<List<Expression>> ways = ways(where, false);
    if (ways.size() > MAX_WAYS) {
      return;
    }
    for (List<Expression> way : ways) {
      if (needsScan(way)) {
        return;
      }
    }
    for (List<Expression> way : ways) {
      checkKeys(way);
      if (windowed) {
        checkBounds(way);
      }
    }
  }

  // ------------------------------------------------------------------------------------------ ways

  private static List<List<Expression>> ways(Expression condition, boolean negated) {
    if (condition instanceof Not not) {
      return ways(not.operand(), !negated);
    }
    if (condition instanceof Logical logical) {
      List<List<Expression>> left = ways(logical.left(), negated);
      List<List<Expression>> right = ways(logical.right(), negated);
      return logical.and() == negated ? either(left, right) : both(left, right);
    }
    if (condition instanceof Between between) {
      return ways(
          new Logical(
              between.at(),
              true,
              comparison(ComparisonOperator.GREATER_THAN_OR_EQUAL, between, between.low()),
              comparison(ComparisonOperator.LESS_THAN_OR_EQUAL, between, between.high())),
          negated);
    }
    if (condition instanceof In in) {
      return ways(equalities(in), negated);
    }
    return List.of(List.of(negated ? new Not(condition.at(), condition) : condition));
  }

  private static Comparison comparison(
      ComparisonOperator operator, Between between, Expression bound) {
    return new Comparison(between.at(), operator, between.operand(), bound);
  }

  private static Expression equalities(In in) {
    List<Expression> candidates = in.candidates();
    Expression condition = null;
    for (int i = candidates.size() - 1; i >= 0; i--) {
      Expression equality =
          new Comparison(in.at(), ComparisonOperator.EQUAL, in.operand(), candidates.get(i));
      condition = condition == null ? equality : new Logical(in.at(), false, equality, condition);
    }
    return condition;
  }

  private static List<List<Expression>> either(
      List<List<Expression>> left, List<List<Expression>> right) {
    List<List<Expression>> ways = new ArrayList<>(left);
    ways.addAll(right);
    return ways;
  }

  private static List<List<Expression>> both(
      List<List<Expression>> left, List<List<Expression>> right) {
    if ((long) left.size() * right.size() > MAX_WAYS) {
      return Collections.nCopies(MAX_WAYS + 1, left.get(0));
    }
    List<List<Expression>> ways = new ArrayList<>();
    for (List<Expression> one : left) {
      for (List<Expression> other : right) {
        List<Expression> together = new ArrayList<>(one);
        together.addAll(other);
        ways.add(together);
      }
    }
    return ways;
  }

  // ------------------------------------------------------------------------------------------ scan

  /** Whether no key can be looked up for this way to hold. */
  private boolean needsScan(List<Expression> way) {
    Set<String> keys = new HashSet<>();
    boolean scan = false;
    for (Expression condition : way) {
      scan |= needsScan(condition, keys);
    }
    if (scan) {
      return true;
    }
    if (keys.isEmpty()) {
      return scanOr("WHERE clause missing key column for disjunct: " + printed(way));
    }
    if (keys.size() < source.schema().key().size()) {
      return scanOr(
          "Multi-column sources must specify every key in the WHERE clause. Specified: "
              + quoted(keys)
              + " Expected: "
              + source.schema().key());
    }
    return false;
  }

  private boolean needsScan(Expression condition, Set<String> keys) {
    if (condition instanceof Like like) {
      return needsScan(like);
    }
    if (condition instanceof IsNull test) {
      return !(test.operand() instanceof ColumnName)
          && scanOr("A comparison must directly reference a key column");
    }
    if (!(condition instanceof Comparison comparison)) {
      throw refusal(
          "Unsupported expression in WHERE clause: " + ExpressionPrinter.print(condition), false);
    }
    Optional<ColumnName> column = column(comparison);
    if (column.isEmpty()) {
      return scanOr("A comparison must directly reference a key column");
    }
    if (hasColumn(other(comparison))) {
      return scanOr("A comparison must be between a key column and a resolvable expression");
    }
    String name = column.get().name();
    if (PseudoColumns.isWindowBound(name)) {
      checkWindowBound(name, comparison.operator());
      return false;
    }
    return isKey(name) && needsScan(name, comparison.operator(), keys);
  }

  private boolean needsScan(String key, ComparisonOperator operator, Set<String> keys) {
    boolean scan =
        !OF_WINDOWS.contains(operator)
            && scanOr("Bound on key columns '" + source.schema().key() + "' must currently be '='");
    if (!keys.add(key) && !scans) {
      throw refusal(
          "A comparison condition on the key column cannot be combined with other comparisons such"
              + " as an IN predicate",
          windowed);
    }
    return scan;
  }

  private boolean needsScan(Like like) {
    if (!(like.operand() instanceof ColumnName)) {
      return scanOr("Like condition must be between strings");
    }
    if (!(like.pattern() instanceof StringLiteral || like.pattern() instanceof NullLiteral)) {
      throw refusal(
          "Like condition on non-string pattern " + ExpressionPrinter.print(like.pattern()),
          windowed);
    }
    return false;
  }

  private void checkWindowBound(String name, ComparisonOperator operator) {
    if (!OF_WINDOWS.contains(operator)) {
      throw refusal("Unsupported `" + name + "` bounds: " + operator.name(), true);
    }
    if (!windowed) {
      throw refusal("Cannot use WINDOWSTART/WINDOWEND on non-windowed source", false);
    }
  }

  private boolean scanOr(String refusal) {
    if (!scans) {
      throw refusal(refusal, windowed);
    }
    return true;
  }

  // ------------------------------------------------------------------------------ keys and windows

  private void checkKeys(List<Expression> way) {
    for (Expression condition : way) {
      if (condition instanceof Comparison comparison) {
        column(comparison)
            .flatMap(column -> key(column.name()))
            .ifPresent(key -> checkKey(key, comparison));
      }
    }
  }

  private void checkKey(Column key, Comparison comparison) {
    TypedExpression typed = clauses.analyze(other(comparison), Scope.EMPTY);
    Object value = Constants.evaluate(typed, properties);
    if (value == null) {
      throw new SqlException(
          "Primary key columns can not be NULL: " + ExpressionPrinter.print(comparison));
    }
    if (StrictCoercion.coerce(typed.type(), value, key.type()).isPresent()) {
      return;
    }
    throw new SqlException(
        typed instanceof TypedExpression.Literal
            ? "'%s' can not be converted to the type of the key column: %s %s KEY"
                .formatted(value, key.name(), key.type())
            : "Expected type %s for field `%s` but got %s(%s)"
                .formatted(key.type(), key.name(), typed.type().base(), value));
  }

  /** The comparisons that one way has with a bound of windows. */
  private static final class Bounds {
    private boolean equal;
    private boolean lower;
    private boolean upper;

    /** Whether there is none yet in this direction; the operator has the column on its left. */
    boolean add(ComparisonOperator direction) {
      boolean before =
          switch (direction) {
            case EQUAL -> equal;
            case LESS_THAN -> upper;
            default -> lower;
          };
      equal |= direction == ComparisonOperator.EQUAL;
      upper |= direction == ComparisonOperator.LESS_THAN;
      lower |= direction == ComparisonOperator.GREATER_THAN;
      return !before;
    }

    boolean contradict() {
      return equal && (lower || upper);
    }
  }

  private void checkBounds(List<Expression> way) {
    Map<String, Bounds> bounds = new HashMap<>();
    for (Expression condition : way) {
      if (condition instanceof Comparison comparison) {
        column(comparison)
            .map(ColumnName::name)
            .filter(PseudoColumns::isWindowBound)
            .ifPresent(
                name ->
                    checkBound(
                        name, comparison, bounds.computeIfAbsent(name, missing -> new Bounds())));
      }
    }
  }

  private void checkBound(String name, Comparison comparison, Bounds bounds) {
    TypedExpression typed = clauses.analyze(other(comparison), Scope.EMPTY);
    Object value = Constants.evaluate(typed, properties);
    if (value == null || StrictCoercion.coerce(typed.type(), value, SqlType.BIGINT).isEmpty()) {
      throw refusal(
          "Window bounds must resolve to an INT, BIGINT, or STRING containing a datetime.", true);
    }
    ComparisonOperator direction = direction(comparison);
    boolean first = bounds.add(direction);
    if (bounds.contradict()) {
      throw refusal(
          "`%s` cannot be combined with other `%s` bounds"
              .formatted(ExpressionPrinter.print(comparison), name),
          true);
    }
    if (!first) {
      throw refusal("Duplicate `%s` bounds on: %s".formatted(name, direction), true);
    }
  }

  private static ComparisonOperator direction(Comparison comparison) {
    boolean inverted = comparison.right() instanceof ColumnName;
    return switch (comparison.operator()) {
      case LESS_THAN, LESS_THAN_OR_EQUAL ->
          inverted ? ComparisonOperator.GREATER_THAN : ComparisonOperator.LESS_THAN;
      case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          inverted ? ComparisonOperator.LESS_THAN : ComparisonOperator.GREATER_THAN;
      default -> comparison.operator();
    };
  }

  // ------------------------------------------------------------------------------------- the parts

  private static Optional<ColumnName> column(Comparison comparison) {
    if (comparison.right() instanceof ColumnName column) {
      return Optional.of(column);
    }
    return comparison.left() instanceof ColumnName column ? Optional.of(column) : Optional.empty();
  }

  private static Expression other(Comparison comparison) {
    return comparison.right() instanceof ColumnName ? comparison.left() : comparison.right();
  }

  private static boolean hasColumn(Expression expression) {
    boolean[] found = new boolean[1];
    ExpressionRewriter.walk(expression, node -> found[0] |= node instanceof ColumnName);
    return found[0];
  }

  private boolean isKey(String name) {
    return key(name).isPresent();
  }

  private Optional<Column> key(String name) {
    return source.schema().key().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private List<String> quoted(Set<String> names) {
    return source.schema().key().stream()
        .map(Column::name)
        .filter(names::contains)
        .map(name -> "`" + name + "`")
        .toList();
  }

  private static String printed(List<Expression> way) {
    Expression all = way.get(0);
    for (Expression condition : way.subList(1, way.size())) {
      all = new Logical(all.at(), true, all, condition);
    }
    return ExpressionPrinter.print(all);
  }

  private static SqlException refusal(String message, boolean windowed) {
    return new SqlException(message + NEEDED + (windowed ? NEEDED_OF_WINDOWS : "") + MORE);
  }
}
