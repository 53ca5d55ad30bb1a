package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.FunctionCall;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query.Window;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.Literal;
import dev.flagstream.engine.expression.TypedExpression.Null;
import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.plan.PlanStep.Aggregate;
import dev.flagstream.engine.plan.PlanStep.AggregateCall;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.plan.PlanStep.Windowing;
import dev.flagstream.engine.planner.query.RowKey.KeyColumn;
import dev.flagstream.engine.planner.with.FormatRules;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans GROUP BY: the groups, the aggregate functions over them, and what may be selected. */
final class AggregationPlanner {

  private static final String AGGREGATE_COLUMN = "KSQL_AGG_VARIABLE_";
  private static final ColumnName ROWTIME =
      new ColumnName(Position.NONE, Optional.empty(), PseudoColumn.ROWTIME.name());

  private final FunctionCatalog functions;
  private final ClauseAnalyzer clauses;
  private final FromClause from;

  AggregationPlanner(ClauseAnalyzer clauses, FromClause from) {
    this.functions = clauses.functions();
    this.clauses = clauses;
    this.from = from;
  }

  /** The grouped rows, and what their key is. */
  record Grouped(Stage stage, RowKey key) {}

  // ------------------------------------------------------------------------- aggregate functions

  boolean isAggregate(Expression node) {
    return node instanceof FunctionCall call
        && functions.kindOf(call.name()).filter(Kind.AGGREGATE::equals).isPresent();
  }

  /** Whether an aggregate function is called anywhere in the expression. */
  boolean containsAggregate(Expression expression) {
    return !aggregatesIn(List.of(expression)).isEmpty();
  }

  /** The arguments of the aggregate functions called in the expression. */
  List<Expression> arguments(Expression expression) {
    return aggregatesIn(List.of(expression)).stream()
        .flatMap(call -> call.arguments().stream())
        .toList();
  }

  private Set<FunctionCall> aggregatesIn(List<Expression> expressions) {
    Set<FunctionCall> calls = new LinkedHashSet<>();
    for (Expression expression : expressions) {
      ExpressionRewriter.rewrite(
          expression,
          node -> {
            if (!isAggregate(node)) {
              return Optional.empty();
            }
            calls.add((FunctionCall) node);
            return Optional.of(node);
          });
    }
    return calls;
  }

  /** A call without arguments counts rows: it is one over ROWTIME, which is never null. */
  FunctionCall withArguments(FunctionCall call) {
    if (!call.arguments().isEmpty()) {
      return call;
    }
    String rowtime = from.first().innerName(PseudoColumn.ROWTIME);
    ColumnName argument = new ColumnName(ROWTIME.at(), Optional.empty(), rowtime);
    return new FunctionCall(call.at(), call.name(), List.of(argument), false);
  }

  // --------------------------------------------------------------------------------- the grouping

  /**
   * Groups rows.
   *
   * @param groupBy over names inside the query
   * @param results the items of SELECT and the condition of HAVING, over names inside the query
   * @param names of the key columns, one per expression
   * @param keyFormat of the rows read; groups it cannot hold are written as JSON inside the query
   */
  Grouped group(
      Stage input,
      RowKey inputKey,
      boolean windowedInput,
      List<Expression> groupBy,
      List<String> names,
      List<Expression> results,
      Optional<Window> window,
      Format keyFormat,
      Format stateFormat) {
    Map<Expression, String> computed = new HashMap<>();
    List<Column> keyColumns = new ArrayList<>();
    List<TypedExpression> groups = new ArrayList<>();
    List<KeyColumn> key = new ArrayList<>();
    for (int i = 0; i < groupBy.size(); i++) {
      Expression expression = groupBy.get(i);
      TypedExpression typed = clauses.analyze("Group By", expression, input);
      if (typed.knownType().isEmpty()) {
        throw new SqlException(
            results.contains(expression)
                ? "Can't infer a type of null. Please explicitly cast it to a required type, e.g."
                    + " CAST(null AS VARCHAR)."
                : "type\nThe type of a group that is NULL is not known: cast it to one.");
      }
      groups.add(typed);
      addKey(Column.key(names.get(i), typed.type()), keyColumns);
      computed.put(expression, names.get(i));
      key.add(
          new KeyColumn(
              names.get(i), List.of(expression), List.of(ExpressionPrinter.print(expression))));
    }
    Calls calls = new Calls(input);
    for (FunctionCall call : aggregatesIn(results)) {
      computed.put(call, calls.add(call));
    }
    calls.checkTable();
    List<Column> values = new ArrayList<>(calls.columns);
    if (window.isPresent()) {
      values.add(Column.value(PseudoColumn.WINDOWSTART.name(), SqlType.BIGINT));
      values.add(Column.value(PseudoColumn.WINDOWEND.name(), SqlType.BIGINT));
    }
    boolean sameKey = isKey(groupBy, inputKey) && !windowedInput;
    boolean regrouped = !sameKey || from.first().isTable();
    Aggregate step =
        new Aggregate(
            input.step(),
            groups,
            regrouped,
            calls.calls,
            window.map(AggregationPlanner::windowing),
            FormatRules.holding(keyFormat, keyColumns),
            stateFormat,
            new RowSchema(keyColumns, values));
    return new Grouped(Stage.of(step).then(step, computed), new RowKey(RowKey.Kind.GROUPING, key));
  }

  private static void addKey(Column column, List<Column> key) {
    if (key.stream().anyMatch(other -> other.name().equals(column.name()))) {
      throw new SqlException("Duplicate key columns found in schema: " + column);
    }
    key.add(column);
  }

  private static boolean isKey(List<Expression> groupBy, RowKey key) {
    if (groupBy.size() != key.columns().size()) {
      return false;
    }
    for (int i = 0; i < groupBy.size(); i++) {
      boolean same =
          groupBy.get(i) instanceof ColumnName column
              && column.name().equals(key.columns().get(i).name());
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static Windowing windowing(Window window) {
    return new Windowing(
        WindowKind.valueOf(window.type().name()),
        window.size(),
        window.advance(),
        window.grace(),
        window.retention());
  }

  /** The windows that keys carry after such a GROUP BY. */
  static WindowInfo windowInfo(Window window) {
    WindowKind kind = WindowKind.valueOf(window.type().name());
    return new WindowInfo(
        kind, kind == WindowKind.SESSION ? Optional.empty() : Optional.of(window.size()));
  }

  /** The aggregate functions' calls, each once however often it is written. */
  private final class Calls {

    private final Stage input;
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final Map<FunctionCall, String> known = new LinkedHashMap<>();

    Calls(Stage input) {
      this.input = input;
    }

    String add(FunctionCall written) {
      FunctionCall call = withArguments(written);
      String existing = known.get(call);
      if (existing != null) {
        return existing;
      }
      for (Expression argument : call.arguments()) {
        if (containsAggregate(argument)) {
          throw new SqlException(
              "Aggregate functions can not be nested: "
                  + written.name()
                  + "("
                  + aggregatesIn(List.of(argument)).iterator().next().name()
                  + "())");
        }
      }
      AggregateCall resolved = resolve(call);
      String name = AGGREGATE_COLUMN + calls.size();
      known.put(call, name);
      calls.add(resolved);
      columns.add(Column.value(name, resolved.function().returnType()));
      return name;
    }

    private AggregateCall resolve(FunctionCall call) {
      List<TypedExpression> typed = new ArrayList<>();
      List<Argument> arguments = new ArrayList<>();
      for (Expression written : call.arguments()) {
        TypedExpression value = clauses.analyze("Select", written, input);
        typed.add(value);
        arguments.add(argument(written, value));
      }
      AggregateFunction function = functions.aggregate(call.name(), arguments);
      List<SqlType> perRow = function.parameterTypes();
      for (int i = 0; i < perRow.size(); i++) {
        if (typed.get(i) instanceof Null) {
          throw clauses.bareNull("Select", call.arguments().get(i), input);
        }
      }
      return new AggregateCall(
          function, ExpressionAnalyzer.cast(typed.subList(0, perRow.size()), perRow));
    }

    private static Argument argument(Expression written, TypedExpression value) {
      if (value instanceof Literal literal && written.isConstant()) {
        return new Argument.Constant(literal.value(), literal.type());
      }
      return value instanceof Null
          ? new Argument.Constant(null, null)
          : ExpressionAnalyzer.describe(written, value);
    }

    void checkTable() {
      if (!from.first().isTable()) {
        return;
      }
      List<String> cannotUndo =
          calls.stream()
              .map(AggregateCall::function)
              .filter(function -> !function.supportsUndo())
              .map(AggregateFunction::name)
              .distinct()
              .toList();
      if (!cannotUndo.isEmpty()) {
        throw new SqlException(
            "The aggregation function"
                + (cannotUndo.size() == 1 ? " " : "s ")
                + Words.and(cannotUndo)
                + " cannot be applied to a table source, only to a stream source.");
      }
    }
  }

  /**
   * The groups' columns as refusals of HAVING show them: keys, the columns that the query reads in
   * the order in which it names them, aggregates, windows.
   */
  String schemaText(Stage input, Stage groups, List<Expression> results) {
    RowSchema schema = groups.step().schema();
    Set<String> read = new LinkedHashSet<>();
    for (Expression result : results) {
      ExpressionRewriter.walk(
          result,
          node -> {
            if (node instanceof ColumnName column) {
              read.add(column.name());
            } else if (isAggregate(node) && ((FunctionCall) node).arguments().isEmpty()) {
              read.add(PseudoColumn.ROWTIME.name());
            }
          });
    }
    Stream<String> values =
        read.stream()
            .flatMap(name -> input.step().schema().find(name).stream())
            .map(column -> Column.value(column.name(), column.type()).toString());
    return Stream.of(
            schema.key().stream().map(Column::toString),
            values,
            schema.value().stream().map(Column::toString))
        .flatMap(parts -> parts)
        .collect(Collectors.joining(", "));
  }

  // ------------------------------------------------------------------------------------- refusals

  void checkAnyAggregate(List<Expression> results) {
    if (aggregatesIn(results).isEmpty()) {
      throw new SqlException(
          "GROUP BY requires aggregate functions in either the SELECT or HAVING clause.");
    }
  }

  void checkGroupBy(List<Expression> qualified) {
    Set<Expression> seen = new LinkedHashSet<>();
    for (Expression expression : qualified) {
      Set<FunctionCall> aggregates = aggregatesIn(List.of(expression));
      if (!aggregates.isEmpty()) {
        throw new SqlException(
            "GROUP BY does not support aggregate functions: "
                + aggregates.iterator().next().name()
                + " is an aggregate function.");
      }
      if (!seen.add(expression)) {
        throw new SqlException(
            "Duplicate GROUP BY expression: " + ExpressionPrinter.print(expression));
      }
    }
  }

  /** Checks that what is selected is made of groups and aggregates only. */
  void checkSelected(
      List<Projection.Item> items, Optional<Expression> having, Set<Expression> grouping) {
    List<String> strangers =
        items.stream()
            .map(Projection.Item::expression)
            .filter(expression -> hasStranger(expression, grouping))
            .map(ExpressionPrinter::print)
            .toList();
    if (!strangers.isEmpty()) {
      throw new SqlException(
          "Non-aggregate SELECT expression(s) not part of GROUP BY: "
              + String.join(", ", strangers)
              + "\nEither add the column(s) to the GROUP BY or remove them from the SELECT.");
    }
    having.ifPresent(condition -> checkHaving(condition, grouping));
  }

  private void checkHaving(Expression condition, Set<Expression> grouping) {
    List<ColumnName> strangers = strangers(condition, grouping);
    if (!strangers.isEmpty()) {
      throw new SqlException(
          "Non-aggregate HAVING expression not part of GROUP BY: "
              + strangers.stream().map(ExpressionPrinter::print).collect(Collectors.joining(", "))
              + "\nConsider switching the HAVING clause to a WHERE clause before the GROUP BY.");
    }
  }

  private boolean hasStranger(Expression expression, Set<Expression> grouping) {
    return !strangers(expression, grouping).isEmpty();
  }

  private List<ColumnName> strangers(Expression expression, Set<Expression> grouping) {
    List<ColumnName> strangers = new ArrayList<>();
    ExpressionRewriter.rewrite(
        expression,
        node -> {
          if (grouping.contains(node) || isAggregate(node)) {
            return Optional.of(node);
          }
          if (node instanceof ColumnName column && !PseudoColumns.isWindowBound(column.name())) {
            strangers.add(column);
          }
          return Optional.empty();
        });
    return strangers;
  }

  /** Without GROUP BY there is nothing to aggregate. */
  void checkNoAggregates(String statement, List<Projection.Item> items) {
    Set<FunctionCall> aggregates =
        aggregatesIn(items.stream().map(Projection.Item::expression).toList());
    if (aggregates.isEmpty()) {
      return;
    }
    checkSelected(items, Optional.empty(), Set.of());
    String shown =
        aggregates.stream()
            .map(this::withArguments)
            .map(ExpressionPrinter::print)
            .collect(Collectors.joining(", "));
    throw new SqlException(
        statement
            + " statement does not support aggregate function ["
            + shown
            + "] without a GROUP BY clause.");
  }
}
