package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.expression.ColumnUses;
import dev.flagstream.engine.expression.Constants;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.Cast;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.expression.TypedExpression.Comparison;
import dev.flagstream.engine.expression.TypedExpression.In;
import dev.flagstream.engine.expression.TypedExpression.Logical;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.plan.PlanStep.Read;
import dev.flagstream.engine.planner.query.QueryPlan.Pull;
import dev.flagstream.engine.planner.query.QueryPlan.WindowBounds;
import dev.flagstream.engine.planner.refusal.NotQueryableException;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Plans queries that look at what there is now: SELECT without EMIT. */
public final class PullPlanner {

  /** A table's store does not know them, and ksqlDB refuses them for streams, too. */
  private static final List<String> UNKNOWN_TO_PULL_QUERIES =
      List.of(PseudoColumn.ROWPARTITION.name(), PseudoColumn.ROWOFFSET.name());

  private static final int MAX_WAYS = 1_000;
  private static final int MAX_KEYS = 100_000;

  private static final String TABLE_SCAN = "ksql.query.pull.table.scan.enabled";

  private final Query query;
  private final FromClause from;
  private final ClauseAnalyzer clauses;
  private final Session session;
  private final Source source;

  /**
   * A planner of one query.
   *
   * @param query written out by {@link QueryQualifier}
   */
  public PullPlanner(Query query, FromClause from, ClauseAnalyzer clauses, Session session) {
    this.query = query;
    this.from = from;
    this.clauses = clauses;
    this.session = session;
    this.source = from.first().source();
  }

  public Pull plan() {
    checkClauses();
    checkQueryable();
    Read read = SourceReader.read(from.first(), false);
    Stage stage = Stage.of(read);
    Optional<TypedExpression> filter = query.where().map(where -> condition(where, stage));
    checkConditions();
    Projection projection = projection(stage);
    List<NamedExpression> select = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Projection.Item item : projection.items()) {
      TypedExpression typed = clauses.selected(item.expression(), stage);
      select.add(new NamedExpression(item.name(), typed));
      columns.add(resultColumn(item, typed));
    }
    checkColumns("SELECT", select.stream().map(NamedExpression::expression).toList());
    checkColumns("WHERE", filter.stream().toList());
    RowSchema result =
        new RowSchema(
            columns.stream().filter(PullPlanner::isKey).toList(),
            columns.stream().filter(column -> !isKey(column)).toList());
    SchemaRules.checkDuplicates(result);
    List<List<TypedExpression>> ways = filter.map(PullPlanner::ways).orElse(List.of());
    Optional<List<Object[]>> keys =
        source.kind() == SourceKind.TABLE ? keys(ways) : Optional.empty();
    checkScan(keys);
    return new Pull(
        source,
        keys,
        ways.size() == 1 && source.window().isPresent()
            ? windowBounds(ways.get(0))
            : Optional.empty(),
        filter,
        select,
        read.schema(),
        result,
        columns.stream().map(Column::name).toList(),
        query.limit());
  }

  private static boolean isKey(Column column) {
    return column.namespace() == Column.Namespace.KEY;
  }

  // -------------------------------------------------------------------------------------- refusals

  private void checkClauses() {
    checkAbsent(from.isJoin(), "JOIN");
    checkAbsent(query.window().isPresent(), "WINDOW");
    checkAbsent(query.groupBy().isPresent(), "GROUP BY");
    checkAbsent(query.partitionBy().isPresent(), "PARTITION BY");
    checkAbsent(query.having().isPresent(), "HAVING");
    boolean star = query.select().stream().anyMatch(SelectItem.Star.class::isInstance);
    if (star && query.select().size() > 1) {
      throw new SqlException(
          "Pull queries only support wildcards in the projects if they are the only expression");
    }
  }

  private static void checkAbsent(boolean present, String clause) {
    if (present) {
      throw new SqlException(
          "Pull queries don't support "
              + clause
              + " clauses. See https://cnfl.io/queries for more info.\nAdd EMIT CHANGES if you"
              + " intended to issue a push query.");
    }
  }

  private void checkQueryable() {
    boolean kept = source.createdByQuery() || source.readOnly();
    if (source.kind() == SourceKind.TABLE && !kept) {
      throw new NotQueryableException(source.name());
    }
  }

  private void checkConditions() {
    if (source.kind() != SourceKind.TABLE) {
      return;
    }
    PullConditions conditions =
        new PullConditions(source, mayScan(), clauses, session.properties());
    query
        .where()
        .ifPresentOrElse(
            where -> conditions.check(innerCondition(where)), conditions::checkWithoutCondition);
  }

  private boolean mayScan() {
    return session.property(TABLE_SCAN).filter("false"::equalsIgnoreCase).isEmpty();
  }

  private void checkScan(Optional<List<Object[]>> keys) {
    boolean scan = source.kind() == SourceKind.TABLE && keys.isEmpty();
    if (scan && !mayScan()) {
      throw new SqlException(
          "Query requires table scan to be enabled. Table scans can be enabled by setting "
              + TABLE_SCAN
              + "=true");
    }
    boolean sessions =
        source.window().filter(each -> each.kind() == WindowKind.SESSION).isPresent();
    if (scan && sessions) {
      throw new SqlException(
          "Table scan unsupported on session tables. Give the key of %s in WHERE, as in: WHERE %s = …"
              .formatted(source.name(), source.schema().key().get(0).name()));
    }
  }

  private static void checkColumns(String clause, List<TypedExpression> expressions) {
    List<String> unknown =
        UNKNOWN_TO_PULL_QUERIES.stream()
            .filter(name -> expressions.stream().anyMatch(e -> ColumnUses.of(e).contains(name)))
            .map(name -> "`" + name + "`")
            .toList();
    if (!unknown.isEmpty()) {
      throw new SqlException(
          "Pull queries don't support the following columns in "
              + clause
              + " clauses: "
              + String.join(", ", unknown));
    }
  }

  // --------------------------------------------------------------------------------------- columns

  private Projection projection(Stage stage) {
    for (SelectItem item : query.select()) {
      if (item instanceof SelectItem.Single single) {
        from.checkColumns("SELECT", single.expression(), List.of());
      }
    }
    return new Projection.Builder(
            from, SourceReader.wholeRow(from.first()), Optional.empty(), clauses, stage)
        .build(query.select());
  }

  /** A table's key columns, and the windows that belong to them, keep that role in the result. */
  private Column resultColumn(Projection.Item item, TypedExpression typed) {
    boolean key =
        source.kind() == SourceKind.TABLE
            && typed instanceof ColumnReference column
            && (isKeyColumn(column.name()) || PseudoColumns.isWindowBound(column.name()));
    return key ? Column.key(item.name(), typed.type()) : Column.value(item.name(), typed.type());
  }

  private boolean isKeyColumn(String name) {
    return source.schema().key().stream().anyMatch(column -> column.name().equals(name));
  }

  private TypedExpression condition(Expression where, Stage stage) {
    from.checkColumns("WHERE", where, List.of());
    return clauses.condition("WHERE", innerCondition(where), stage);
  }

  private Expression innerCondition(Expression where) {
    return from.toInnerNames(PseudoTimestamps.rewrite(where));
  }

  // ----------------------------------------------------------------------------- what to look up

  /**
   * The ways in which a condition can hold: each a list of conditions that hold together. Where
   * they would be too many, the condition itself is the only one.
   */
  private static List<List<TypedExpression>> ways(TypedExpression condition) {
    if (!(condition instanceof Logical logical)) {
      return List.of(List.of(condition));
    }
    List<List<TypedExpression>> left = ways(logical.left());
    List<List<TypedExpression>> right = ways(logical.right());
    List<List<TypedExpression>> ways = new ArrayList<>();
    if (!logical.and()) {
      ways.addAll(left);
      ways.addAll(right);
    } else if ((long) left.size() * right.size() <= MAX_WAYS) {
      left.forEach(one -> right.forEach(other -> ways.add(together(one, other))));
    }
    return ways.isEmpty() || ways.size() > MAX_WAYS ? List.of(List.of(condition)) : ways;
  }

  private static List<TypedExpression> together(
      List<TypedExpression> one, List<TypedExpression> other) {
    List<TypedExpression> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** The keys the condition allows, if each way fixes every key column; else all rows are read. */
  private Optional<List<Object[]>> keys(List<List<TypedExpression>> ways) {
    Map<List<Object>, Object[]> keys = new LinkedHashMap<>();
    for (List<TypedExpression> way : ways) {
      Optional<List<Object[]>> ofWay = keysOfWay(way);
      if (ofWay.isEmpty()) {
        return Optional.empty();
      }
      ofWay.get().forEach(key -> keys.putIfAbsent(Arrays.asList(key), key));
    }
    return ways.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(keys.values()));
  }

  private Optional<List<Object[]>> keysOfWay(List<TypedExpression> conjuncts) {
    Map<String, List<Object>> candidates = new HashMap<>();
    for (TypedExpression conjunct : conjuncts) {
      equality(conjunct).ifPresent(found -> candidates.putIfAbsent(found.column(), found.values()));
    }
    List<Object[]> keys = new ArrayList<>();
    keys.add(new Object[0]);
    for (Column column : source.schema().key()) {
      List<Object> values = candidates.get(column.name());
      if (values == null || (long) keys.size() * values.size() > MAX_KEYS) {
        return Optional.empty();
      }
      keys = combinations(keys, values);
    }
    return source.schema().key().isEmpty() ? Optional.empty() : Optional.of(keys);
  }

  private static List<Object[]> combinations(List<Object[]> prefixes, List<Object> values) {
    List<Object[]> keys = new ArrayList<>();
    for (Object[] prefix : prefixes) {
      for (Object value : values) {
        Object[] key = Arrays.copyOf(prefix, prefix.length + 1);
        key[prefix.length] = value;
        keys.add(key);
      }
    }
    return keys;
  }

  /** A column and the constants it may equal. */
  private record Equality(String column, List<Object> values) {}

  private Optional<Equality> equality(TypedExpression conjunct) {
    if (conjunct instanceof In in && widened(in.operand()) instanceof ColumnReference column) {
      boolean fixed =
          isKeyColumn(column.name())
              && in.candidates().stream()
                  .allMatch(c -> isConstant(c) && KeyConstants.canBe(c.type(), column.type()));
      return fixed
          ? Optional.of(new Equality(column.name(), values(in.candidates(), column.type())))
          : Optional.empty();
    }
    if (!(conjunct instanceof Comparison comparison)
        || comparison.operator() != ComparisonOperator.EQUAL) {
      return Optional.empty();
    }
    return equality(comparison.left(), comparison.right())
        .or(() -> equality(comparison.right(), comparison.left()));
  }

  /** The number that a cast only widens, for the sake of the other candidates of IN. */
  private static TypedExpression widened(TypedExpression operand) {
    return operand instanceof Cast cast
            && cast.operand()
                .knownType()
                .filter(from -> KeyConstants.widens(from, cast.type()))
                .isPresent()
        ? cast.operand()
        : operand;
  }

  private Optional<Equality> equality(TypedExpression left, TypedExpression right) {
    boolean fixed =
        left instanceof ColumnReference column
            && isKeyColumn(column.name())
            && isConstant(right)
            && KeyConstants.canBe(right.type(), left.type());
    return fixed
        ? Optional.of(
            new Equality(((ColumnReference) left).name(), values(List.of(right), left.type())))
        : Optional.empty();
  }

  private boolean isConstant(TypedExpression expression) {
    return expression.knownType().isPresent() && ColumnUses.of(expression).isEmpty();
  }

  /** The keys to look for; NULL equals none. */
  private List<Object> values(List<TypedExpression> constants, SqlType type) {
    return constants.stream()
        .map(this::value)
        .filter(Objects::nonNull)
        .flatMap(constant -> KeyConstants.as(constant, type).stream())
        .distinct()
        .toList();
  }

  /** Null where the constant is NULL. */
  private Object value(TypedExpression constant) {
    return Constants.evaluate(constant, session.properties());
  }

  private Optional<WindowBounds> windowBounds(List<TypedExpression> conjuncts) {
    Range start = new Range();
    Range end = new Range();
    for (TypedExpression conjunct : conjuncts) {
      if (conjunct instanceof Comparison comparison) {
        narrow(comparison, start, end);
      }
    }
    return start.isOpen() && end.isOpen()
        ? Optional.empty()
        : Optional.of(new WindowBounds(start.from, start.to, end.from, end.to));
  }

  private void narrow(Comparison comparison, Range start, Range end) {
    boolean columnFirst = comparison.left() instanceof ColumnReference;
    TypedExpression column = columnFirst ? comparison.left() : comparison.right();
    TypedExpression bound = columnFirst ? comparison.right() : comparison.left();
    boolean usable =
        column instanceof ColumnReference reference
            && PseudoColumns.isWindowBound(reference.name())
            && isConstant(bound)
            && (bound.isOf(SqlType.BIGINT) || bound.isOf(SqlType.INTEGER));
    if (!usable) {
      return;
    }
    boolean ofStart = ((ColumnReference) column).name().equals(PseudoColumn.WINDOWSTART.name());
    if (value(bound) instanceof Number number) {
      (ofStart ? start : end).narrow(comparison.operator(), columnFirst, number.longValue());
    }
  }

  /** Inclusive bounds that only ever get closer. */
  private static final class Range {
    private long from = Long.MIN_VALUE;
    private long to = Long.MAX_VALUE;

    boolean isOpen() {
      return from == Long.MIN_VALUE && to == Long.MAX_VALUE;
    }

    void narrow(ComparisonOperator operator, boolean columnFirst, long bound) {
      switch (operator) {
        case EQUAL -> {
          atLeast(bound);
          atMost(bound);
        }
        case GREATER_THAN -> {
          if (columnFirst) {
            atLeast(bound + 1);
          } else {
            atMost(bound - 1);
          }
        }
        case GREATER_THAN_OR_EQUAL -> {
          if (columnFirst) {
            atLeast(bound);
          } else {
            atMost(bound);
          }
        }
        case LESS_THAN -> {
          if (columnFirst) {
            atMost(bound - 1);
          } else {
            atLeast(bound + 1);
          }
        }
        case LESS_THAN_OR_EQUAL -> {
          if (columnFirst) {
            atMost(bound);
          } else {
            atLeast(bound);
          }
        }
        default -> {
          // The filter decides; windows cannot be narrowed by this.
        }
      }
    }

    private void atLeast(long bound) {
      from = Math.max(from, bound);
    }

    private void atMost(long bound) {
      to = Math.min(to, bound);
    }
  }
}
