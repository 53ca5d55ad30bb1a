package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Case;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.FunctionCall;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.Emit;
import dev.flagstream.engine.ast.Query.GroupBy;
import dev.flagstream.engine.ast.Query.PartitionBy;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.plan.PlanStep.Filter;
import dev.flagstream.engine.plan.PlanStep.FinalOnly;
import dev.flagstream.engine.plan.PlanStep.FlatMap;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.plan.PlanStep.SelectKey;
import dev.flagstream.engine.plan.PlanStep.TableFunctionCall;
import dev.flagstream.engine.planner.query.RowKey.KeyColumn;
import dev.flagstream.engine.planner.with.FormatRules;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans everything of a query up to its projection, in the order in which rows flow. */
public final class QueryPlanner {

  private static final int MOST_KEYS = 1_000;

  private static final String TABLE_FUNCTION_COLUMN = "KSQL_SYNTH_";
  private static final String ROWKEY = "ROWKEY";
  private static final String SUPPRESS = "ksql.suppress.enabled";
  private static final List<String> WINDOW_BOUNDS =
      List.of(PseudoColumn.WINDOWSTART.name(), PseudoColumn.WINDOWEND.name());

  private final Query query;
  private final FromClause from;
  private final ColumnNames names;
  private final ClauseAnalyzer clauses;
  private final TopicDirectory topics;
  private final FormatRules formats;
  private final AggregationPlanner aggregation;

  private Stage stage;
  private Stage beforeTableFunctions;
  private RowKey key;
  private Format keyFormat;
  private Format valueFormat;
  private Optional<WindowInfo> window;
  private Optional<List<Column>> wholeRow = Optional.empty();
  private Optional<String> joinKey = Optional.empty();
  private boolean persistent = true;

  /**
   * A planner of one query.
   *
   * @param query written out by {@link QueryQualifier}
   */
  public QueryPlanner(
      Query query,
      FromClause from,
      ColumnNames names,
      ClauseAnalyzer clauses,
      TopicDirectory topics,
      FormatRules formats) {
    this.query = query;
    this.from = from;
    this.names = names;
    this.clauses = clauses;
    this.topics = topics;
    this.formats = formats;
    this.aggregation = new AggregationPlanner(clauses, from);
  }

  public Query query() {
    return query;
  }

  /** For a query that writes no sink: {@code *} shows the windows of a windowed source. */
  public void withoutSink() {
    persistent = false;
    if (!from.isJoin()) {
      wholeRow = SourceReader.wholeRow(from.first());
    }
  }

  /**
   * A planned query, before it is decided what becomes of its key.
   *
   * @param grouped whether rows are groups
   */
  public record Planned(
      Stage stage,
      RowKey key,
      Projection projection,
      Format keyFormat,
      Format valueFormat,
      Optional<WindowInfo> window,
      boolean grouped) {}

  /**
   * Plans the query.
   *
   * @param statement what it is part of, as messages say: {@code CREATE TABLE AS SELECT}
   */
  public Planned plan(String statement) {
    query.groupBy().ifPresent(group -> checkCount("GROUP BY", group.expressions()));
    query.partitionBy().ifPresent(partition -> checkCount("PARTITION BY", partition.expressions()));
    checkAliases();
    checkValueFormats();
    readSources();
    checkColumns();
    checkFunctions();
    where();
    Projection projection = projection();
    explode(projection);
    if (query.window().isPresent() && query.groupBy().isEmpty()) {
      throw new SqlException(
          FromClause.at(query.window().get().at()) + "WINDOW clause requires a GROUP BY clause.");
    }
    if (query.partitionBy().isPresent()) {
      projection = partitionBy(statement, query.partitionBy().get(), projection);
    }
    if (query.groupBy().isPresent()) {
      groupBy(query.groupBy().get(), projection);
    } else {
      aggregation.checkNoAggregates(statement, projection.items());
      if (query.emit().filter(Emit.FINAL::equals).isPresent()) {
        checkFinal();
      }
    }
    return new Planned(
        stage, key, projection, keyFormat, valueFormat, window, query.groupBy().isPresent());
  }

  /**
   * Refuses a HAVING without groups. ksqlDB finds nothing wrong with one, and so this comes after
   * all that it does find.
   */
  public void checkHaving() {
    if (query.having().isPresent() && query.groupBy().isEmpty()) {
      throw new SqlException("HAVING requires a GROUP BY clause.");
    }
  }

  /** Each is compared with each of the projection. */
  private static void checkCount(String clause, List<Expression> expressions) {
    if (expressions.size() > MOST_KEYS) {
      throw new SqlException(
          "%s takes %d expressions at most, not %d."
              .formatted(clause, MOST_KEYS, expressions.size()));
    }
  }

  private void checkAliases() {
    for (SelectItem item : query.select()) {
      if (item instanceof SelectItem.Single single) {
        String alias = single.alias().orElseThrow();
        boolean itself =
            single.expression() instanceof ColumnName column && column.name().equals(alias);
        if (PseudoColumns.isReserved(alias) && !itself) {
          throw new SqlException(
              "`"
                  + alias
                  + "` is a reserved column name. You cannot use it as an alias for a column.");
        }
      }
    }
  }

  private void checkFunctions() {
    List<Expression> all = new ArrayList<>();
    for (SelectItem item : query.select()) {
      if (item instanceof SelectItem.Single single) {
        all.add(single.expression());
      }
    }
    query.groupBy().ifPresent(group -> all.addAll(group.expressions()));
    query.partitionBy().ifPresent(partition -> all.addAll(partition.expressions()));
    query.having().ifPresent(all::add);
    all.forEach(clauses::checkFunctions);
  }

  /** Internal topics are written in the value's format, as in ksqlDB. */
  private void checkValueFormats() {
    List<String> inKafka =
        from.sources().stream()
            .filter(source -> source.source().valueFormat().kind() == Format.Kind.KAFKA)
            .map(FromSource::alias)
            .toList();
    if (!inKafka.isEmpty() && (from.isJoin() || query.groupBy().isPresent())) {
      throw new SqlException(
          "Source(s) "
              + String.join(", ", inKafka)
              + " are using the 'KAFKA' value format. This format does not yet support "
              + (from.isJoin() ? "JOIN" : "GROUP BY")
              + ".\nThe KAFKA format is primarily intended for use as a key format. It can be used"
              + " as a value format, but can not be used in any operation that requires a"
              + " repartition or changelog topic.\nRemoving this limitation requires enhancements"
              + " to the core of KSQL. This will come in a future release. Until then, avoid using"
              + " the KAFKA format for values.\nIf you have an existing topic with KAFKA formatted"
              + " values you can duplicate the data and serialize using Avro or JSON with a"
              + " statement such as: \n\n'CREATE STREAM <new-stream-name> WITH(VALUE_FORMAT='Avro')"
              + " AS SELECT * FROM <existing-kafka-formated-stream-name>;'\nFor more info see"
              + " https://github.com/confluentinc/ksql/issues/3060");
    }
  }

  // --------------------------------------------------------------------------------------- sources

  private void readSources() {
    if (from.isJoin()) {
      readJoin();
      return;
    }
    FromSource source = from.first();
    if (persistent && source.isTable() && source.source().window().isPresent()) {
      throw JoinPlanner.onWindowedTables();
    }
    // A table's old rows tell whether a filter or a group loses one; and they can be looked up.
    stage = Stage.of(SourceReader.read(source, source.isTable()));
    keyFormat = source.source().keyFormat();
    valueFormat = source.source().valueFormat();
    window = source.source().window();
    key =
        new RowKey(
            RowKey.Kind.SOURCE,
            source.source().schema().key().stream().map(c -> keyColumn(c.name())).toList());
  }

  private static KeyColumn keyColumn(String name) {
    return new KeyColumn(name, List.of(column(name)), List.of(name));
  }

  private static ColumnName column(String name) {
    return new ColumnName(Position.NONE, Optional.empty(), name);
  }

  /** Refuses, as ksqlDB must, to read one topic both as a stream and as a table. */
  private void checkTopics() {
    Map<String, Boolean> tables = new HashMap<>();
    for (FromSource source : from.sources()) {
      String topic = source.source().topic();
      Boolean before = tables.put(topic, source.isTable());
      if (before != null && before != source.isTable()) {
        throw new SqlException(
            "Invalid topology: Topic " + topic + " has already been registered by another source.");
      }
    }
  }

  private void readJoin() {
    String keyName = names.forJoinKey();
    JoinPlanner.Joined joined =
        new JoinPlanner(from, clauses, topics, formats, keyName, persistent).plan(query.from());
    checkTopics();
    stage = Stage.of(joined.step());
    keyFormat = joined.keyFormat();
    valueFormat = joined.valueFormat();
    window = joined.window();
    List<Column> keyColumns = joined.step().schema().key();
    if (joined.foreignKey()) {
      key =
          new RowKey(
              RowKey.Kind.FOREIGN_KEY_JOIN,
              keyColumns.stream().map(c -> keyColumn(c.name())).toList());
      return;
    }
    List<Expression> designators =
        joined.designators().stream().filter(ColumnName.class::isInstance).toList();
    if (designators.isEmpty()) {
      joinKey = Optional.of(keyName);
      key = new RowKey(RowKey.Kind.SYNTHETIC_JOIN, List.of(keyColumn(keyName)));
    } else {
      key =
          new RowKey(
              RowKey.Kind.JOIN,
              List.of(
                  new KeyColumn(
                      keyColumns.get(0).name(),
                      designators.stream().map(from::toInnerNames).toList(),
                      designators.stream().map(ExpressionPrinter::print).toList())));
    }
  }

  // ------------------------------------------------------------------------------ names of columns

  private void checkColumns() {
    boolean windowed = query.window().isPresent();
    List<String> alsoSelectable = new ArrayList<>();
    joinKey.ifPresent(alsoSelectable::add);
    List<String> selectable = new ArrayList<>(alsoSelectable);
    if (windowed && !from.isJoin()) {
      selectable.addAll(WINDOW_BOUNDS);
    }
    if (windowed) {
      for (SelectItem item : query.select()) {
        if (item instanceof SelectItem.Single single) {
          aggregation.arguments(single.expression()).forEach(this::checkNoWindowBounds);
        }
      }
      query.groupBy().ifPresent(group -> group.expressions().forEach(this::checkNoWindowBounds));
      query.having().ifPresent(this::checkNoWindowBounds);
    }
    query.where().ifPresent(where -> from.checkColumns("WHERE", where, alsoSelectable));
    query
        .groupBy()
        .ifPresent(
            group ->
                group.expressions().forEach(e -> from.checkColumns("GROUP BY", e, alsoSelectable)));
    query.partitionBy().ifPresent(partition -> checkPartitionBy(partition, alsoSelectable));
    query.having().ifPresent(having -> from.checkColumns("HAVING", having, alsoSelectable));
    for (SelectItem item : query.select()) {
      if (item instanceof SelectItem.Single single) {
        checkSelected(single.expression(), selectable);
      } else if (item instanceof SelectItem.StructStar star) {
        from.checkColumns("SELECT", star.struct(), selectable);
      }
    }
  }

  /** The message with the reason why an alias is no such column, ahead of what may be meant. */
  private static String ofTheInput(String message, ColumnName column) {
    int hint = message.indexOf('\n');
    int end = hint < 0 ? message.length() : hint;
    return message.substring(0, end)
        + " '"
        + column.name()
        + "' must be a column in the source schema since PARTITION BY is applied on the input."
        + message.substring(end);
  }

  private void checkSelected(Expression expression, List<String> selectable) {
    boolean unknownJoinKey =
        from.isJoin()
            && joinKey.isEmpty()
            && expression instanceof ColumnName column
            && column.source().isEmpty()
            && column.name().equals(ROWKEY);
    if (unknownJoinKey) {
      throw new SqlException("Unknown column " + ROWKEY + ".");
    }
    from.checkColumns("SELECT", expression, selectable);
  }

  private void checkNoWindowBounds(Expression expression) {
    ExpressionRewriter.walk(
        expression,
        node -> {
          boolean ofTheGroups =
              node instanceof ColumnName column
                  && WINDOW_BOUNDS.contains(column.name())
                  && column
                      .source()
                      .flatMap(from::find)
                      .filter(s -> s.has(column.name()))
                      .isEmpty();
          if (ofTheGroups) {
            throw new SqlException(
                "Window bounds column "
                    + ((ColumnName) node).name()
                    + " can only be used in the SELECT clause of windowed aggregations and can not"
                    + " be passed to aggregate functions.\nSee"
                    + " https://github.com/confluentinc/ksql/issues/4397");
          }
        });
  }

  private void checkPartitionBy(PartitionBy partition, List<String> others) {
    for (Expression expression : partition.expressions()) {
      try {
        from.checkColumns("PARTITION BY", expression, others);
      } catch (SqlException e) {
        if (expression instanceof ColumnName column) {
          throw new SqlException(ofTheInput(e.getMessage(), column), e);
        }
        throw e;
      }
    }
  }

  // ------------------------------------------------------------------------------ rows and columns

  private void where() {
    if (query.where().isEmpty()) {
      return;
    }
    Expression condition = from.toInnerNames(PseudoTimestamps.rewrite(query.where().get()));
    TypedExpression typed = clauses.condition("WHERE", condition, stage);
    stage = stage.then(new Filter(stage.step(), typed));
  }

  private Projection projection() {
    return new Projection.Builder(from, wholeRow, joinKey, clauses, stage).build(query.select());
  }

  private void checkNoTableFunctionInCase() {
    for (SelectItem item : query.select()) {
      if (item instanceof SelectItem.Single single) {
        ExpressionRewriter.walk(single.expression(), this::checkNoTableFunctionInside);
      }
    }
  }

  private void checkNoTableFunctionInside(Expression node) {
    if (node instanceof Case) {
      ExpressionRewriter.walk(
          node,
          inner -> {
            if (isTableFunction(inner)) {
              throw new SqlException(
                  "Table functions cannot be used in CASE: " + ExpressionPrinter.print(node));
            }
          });
    }
  }

  /** Table functions come before everything that looks at their results. */
  private void explode(Projection projection) {
    beforeTableFunctions = stage;
    checkNoTableFunctionInCase();
    Set<FunctionCall> calls = tableFunctions(projection);
    if (calls.isEmpty()) {
      return;
    }
    boolean aggregates =
        query.groupBy().isPresent()
            || projection.items().stream()
                .anyMatch(item -> aggregation.containsAggregate(item.expression()));
    if (aggregates) {
      throw new SqlException("Table functions cannot be used with aggregations.");
    }
    calls.forEach(this::checkNotNested);
    if (stage.step().kind() == SourceKind.TABLE) {
      throw new SqlException("Table source is not supported with table functions");
    }
    List<TableFunctionCall> functions = new ArrayList<>();
    List<Column> columns = new ArrayList<>(stage.step().schema().value());
    Map<Expression, String> computed = new HashMap<>();
    for (FunctionCall call : calls) {
      TableFunctionCall function = tableFunction(call);
      String name = TABLE_FUNCTION_COLUMN + functions.size();
      functions.add(function);
      columns.add(Column.value(name, function.function().returnType()));
      computed.put(call, name);
    }
    RowSchema schema = new RowSchema(stage.step().schema().key(), columns);
    stage = stage.then(new FlatMap(stage.step(), functions, schema), computed);
  }

  private void checkNotNested(FunctionCall call) {
    for (Expression argument : call.arguments()) {
      ExpressionRewriter.walk(
          argument,
          inner -> {
            if (isTableFunction(inner)) {
              throw new SqlException(
                  "Table functions cannot be nested: `%s`(`%s`())"
                      .formatted(call.name(), ((FunctionCall) inner).name()));
            }
          });
    }
  }

  private Set<FunctionCall> tableFunctions(Projection projection) {
    Set<FunctionCall> calls = new LinkedHashSet<>();
    for (Projection.Item item : projection.items()) {
      ExpressionRewriter.rewrite(
          item.expression(),
          node -> {
            if (!isTableFunction(node)) {
              return Optional.empty();
            }
            calls.add((FunctionCall) node);
            return Optional.of(node);
          });
    }
    return calls;
  }

  private boolean isTableFunction(Expression node) {
    return node instanceof FunctionCall call
        && clauses.functions().kindOf(call.name()).filter(Kind.TABLE::equals).isPresent();
  }

  private TableFunctionCall tableFunction(FunctionCall call) {
    List<TypedExpression> typed = new ArrayList<>();
    List<Argument> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      TypedExpression value = clauses.analyze("Select", argument, stage);
      typed.add(value);
      arguments.add(ExpressionAnalyzer.describe(argument, value));
    }
    TableFunction function = clauses.functions().table(call.name(), arguments);
    return new TableFunctionCall(
        function, ExpressionAnalyzer.cast(typed, function.parameterTypes()));
  }

  // ------------------------------------------------------------------------------------------ keys

  private Projection partitionBy(String statement, PartitionBy partition, Projection projection) {
    List<Expression> qualified = partition.expressions();
    if (isKey(qualified)) {
      return alreadyKey(qualified, projection);
    }
    if (stage.step().kind() == SourceKind.TABLE) {
      throw JoinPlanner.tableRepartition(
          String.join(", ", key.columns().stream().map(QueryPlanner::columnName).toList()),
          String.join(
              ", ",
              qualified.stream().map(from::toInnerNames).map(ExpressionPrinter::print).toList()));
    }
    if (window.isPresent()) {
      checkBoundsSelectedOnce(qualified);
      throw JoinPlanner.windowedRepartition();
    }
    boolean toNull = qualified.stream().anyMatch(NullLiteral.class::isInstance);
    if (toNull && qualified.size() > 1) {
      throw new SqlException("Cannot PARTITION BY multiple columns including NULL");
    }
    if (!areComputable(qualified)) {
      // What is wrong with the projection, ksqlDB sees before it makes code of the key.
      aggregation.checkNoAggregates(statement, projection.items());
    }
    checkUncomputable(RowKey.Kind.PARTITIONING, qualified, projection);
    selectKey(toNull ? List.of() : qualified, projection);
    return projection();
  }

  /** A key goes by the column that holds it; that of a join has a name of its own only without. */
  private static String columnName(KeyColumn key) {
    return !key.designators().isEmpty() && key.designators().get(0) instanceof ColumnName column
        ? column.name()
        : key.name();
  }

  /** A star stands for the bounds of a source's windows, too. */
  private void checkBoundsSelectedOnce(List<Expression> newKey) {
    boolean star = query.select().stream().anyMatch(SelectItem.Star.class::isInstance);
    for (Expression part : newKey) {
      if (star && part instanceof ColumnName column && PseudoColumns.isWindowBound(column.name())) {
        throw new SqlException(
            "Duplicate key columns found in schema: " + Column.key(column.name(), SqlType.BIGINT));
      }
    }
  }

  /**
   * ksqlDB sees that a part of the key is not selected before it sees that one cannot be computed.
   */
  private void checkUncomputable(
      RowKey.Kind kind, List<Expression> qualified, Projection projection) {
    List<Expression> inner = qualified.stream().map(from::toInnerNames).toList();
    // A star stands for the columns of the new key, too.
    boolean all =
        kind == RowKey.Kind.PARTITIONING
            && query.select().stream().anyMatch(SelectItem.Star.class::isInstance);
    if (!persistent || all || areComputable(qualified)) {
      return;
    }
    List<KeyColumn> keys = new ArrayList<>();
    List<KeyColumn> missing = new ArrayList<>();
    for (int i = 0; i < inner.size(); i++) {
      Expression part = inner.get(i);
      Expression shown = kind == RowKey.Kind.GROUPING ? part : qualified.get(i);
      String text = ExpressionPrinter.print(shown);
      KeyColumn column = new KeyColumn(text, List.of(part), List.of(text));
      keys.add(column);
      if (projection.items().stream().noneMatch(item -> item.expression().equals(part))) {
        missing.add(column);
      }
    }
    if (!missing.isEmpty()) {
      throw new UnselectedKeyException(new RowKey(kind, keys), missing);
    }
    if (projection.items().stream().allMatch(item -> inner.contains(item.expression()))) {
      throw UnselectedKeyException.noValueColumns();
    }
  }

  private boolean areComputable(List<Expression> qualified) {
    return qualified.stream()
        .map(from::toInnerNames)
        .allMatch(part -> clauses.isComputable(part, keyScope(part)));
  }

  /**
   * What a part of a key sees: the rows as they come, where it has a table function. What such a
   * function gives is known to the projection alone.
   */
  private Stage keyScope(Expression part) {
    boolean[] explodes = {false};
    ExpressionRewriter.walk(part, inner -> explodes[0] |= isTableFunction(inner));
    return explodes[0] ? beforeTableFunctions : stage;
  }

  /** Whether the rows have this key already, so that there is nothing to do. */
  private boolean isKey(List<Expression> qualified) {
    List<String> names = key.columns().stream().map(QueryPlanner::columnName).toList();
    List<String> asked =
        qualified.stream()
            .map(from::toInnerNames)
            .map(inner -> inner instanceof ColumnName column ? column.name() : "")
            .toList();
    return asked.equals(names);
  }

  private Projection alreadyKey(List<Expression> qualified, Projection projection) {
    List<KeyColumn> columns = new ArrayList<>();
    for (int i = 0; i < qualified.size(); i++) {
      KeyColumn column = key.columns().get(i);
      columns.add(
          new KeyColumn(
              column.name(),
              column.designators().subList(0, Math.min(1, column.designators().size())),
              List.of(ExpressionPrinter.print(qualified.get(i)))));
    }
    key = new RowKey(RowKey.Kind.PARTITIONING, columns);
    return projection;
  }

  /**
   * Columns that become the key leave the value; those of the former key follow at its end. What
   * {@code *} means changes with it.
   */
  private void selectKey(List<Expression> qualified, Projection projection) {
    RowSchema input = stage.step().schema();
    List<TypedExpression> newKey = new ArrayList<>();
    List<Column> keyColumns = new ArrayList<>();
    List<KeyColumn> designated = new ArrayList<>();
    Map<Expression, String> computed = new HashMap<>();
    for (Expression expression : qualified) {
      Expression inner = from.toInnerNames(expression);
      TypedExpression typed = clauses.analyze("SelectKey", inner, keyScope(inner));
      if (typed.knownType().isEmpty()) {
        throw new SqlException("Cannot PARTITION BY " + ExpressionPrinter.print(expression));
      }
      String name = partitionColumn(inner, typed, projection);
      newKey.add(typed);
      keyColumns.add(Column.key(name, typed.type()));
      computed.put(inner, name);
      designated.add(
          new KeyColumn(
              name, List.of(inner, column(name)), List.of(ExpressionPrinter.print(expression))));
    }
    List<NamedExpression> values = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (List<Column> part : List.of(input.value(), input.key())) {
      for (Column column : part) {
        boolean gone =
            newKey.contains(new ColumnReference(column.name(), column.type()))
                || columns.stream().anyMatch(c -> c.name().equals(column.name()));
        if (!gone) {
          values.add(
              new NamedExpression(
                  column.name(), new ColumnReference(column.name(), column.type())));
          columns.add(new Column(column.name(), column.type(), Namespace.VALUE));
        }
      }
    }
    RowSchema schema = new RowSchema(keyColumns, columns);
    stage = stage.then(new SelectKey(stage.step(), newKey, values, schema), computed);
    key = new RowKey(RowKey.Kind.PARTITIONING, designated);
    if (!from.isJoin()) {
      List<Column> row = new ArrayList<>(keyColumns);
      columns.stream().filter(column -> !isPseudo(column)).forEach(row::add);
      wholeRow = Optional.of(row);
    }
  }

  private static boolean isPseudo(Column column) {
    return PseudoColumns.isReserved(column.name())
        || column.name().startsWith(TABLE_FUNCTION_COLUMN);
  }

  private String partitionColumn(Expression inner, TypedExpression typed, Projection projection) {
    if (typed instanceof ColumnReference reference) {
      return reference.name();
    }
    return selectedAs(inner, projection).orElseGet(() -> names.forExpression(inner));
  }

  private static Optional<String> selectedAs(Expression inner, Projection projection) {
    return projection.items().stream()
        .filter(item -> item.expression().equals(inner))
        .map(Projection.Item::name)
        .filter(name -> !PseudoColumns.isReserved(name))
        .findFirst();
  }

  // ---------------------------------------------------------------------------------------- groups

  private void groupBy(GroupBy group, Projection projection) {
    aggregation.checkGroupBy(group.expressions());
    List<Expression> expressions = group.expressions().stream().map(from::toInnerNames).toList();
    List<Expression> results =
        new ArrayList<>(projection.items().stream().map(Projection.Item::expression).toList());
    Optional<Expression> having = query.having().map(from::toInnerNames);
    having.ifPresent(results::add);
    aggregation.checkAnyAggregate(results);
    aggregation.checkSelected(projection.items(), having, new LinkedHashSet<>(expressions));
    if (query.window().isPresent() && from.first().isTable()) {
      throw new SqlException("WINDOW clause is not supported for table aggregations.");
    }
    if (window.isPresent()) {
      checkWindowedGroups(expressions);
    }
    checkUncomputable(RowKey.Kind.GROUPING, group.expressions(), projection);
    List<String> keyNames =
        expressions.stream().map(expression -> groupColumn(expression, projection)).toList();
    keyFormat = formats.orDefaultKey(keyFormat);
    AggregationPlanner.Grouped grouped =
        aggregation.group(
            stage,
            key,
            window.isPresent(),
            expressions,
            keyNames,
            results,
            query.window(),
            keyFormat,
            valueFormat);
    Stage read = stage;
    stage = grouped.stage();
    key = grouped.key();
    window = query.window().map(AggregationPlanner::windowInfo);
    boolean finalOnly = query.emit().filter(Emit.FINAL::equals).isPresent();
    query.window().ifPresent(windows -> WindowRules.check(windows, finalOnly));
    if (finalOnly) {
      checkFinal();
      stage = stage.then(new FinalOnly(stage.step()));
    }
    if (having.isPresent()) {
      Stage groups = stage;
      TypedExpression condition =
          clauses.havingCondition(
              having.get(), groups, () -> aggregation.schemaText(read, groups, results));
      stage = stage.then(new Filter(stage.step(), condition));
    }
  }

  /** ksqlDB groups the rows of a windowed source by something else than their key only. */
  private void checkWindowedGroups(List<Expression> groups) {
    if (isKey(groups)) {
      throw new SqlException("Group by on windowed should always require rekey");
    }
    for (Expression group : groups) {
      if (group instanceof ColumnName column && PseudoColumns.isWindowBound(column.name())) {
        throw new SqlException("Unknown column " + column.name() + ".");
      }
    }
  }

  /** As in ksqlDB, groups that are not selected are named each as if it were the only one. */
  private String groupColumn(Expression expression, Projection projection) {
    boolean named =
        expression instanceof ColumnName column && !PseudoColumns.isReserved(column.name());
    return named
        ? ((ColumnName) expression).name()
        : selectedAs(expression, projection)
            .orElseGet(() -> new ColumnNames(from.sources()).forExpression(expression));
  }

  private void checkFinal() {
    if (formats.session().property(SUPPRESS).filter("false"::equals).isPresent()) {
      throw new SqlException(
          "Suppression is currently disabled. You can enable it by setting "
              + SUPPRESS
              + " to true");
    }
    if (query.window().isEmpty()) {
      throw new SqlException("EMIT FINAL is only supported for windowed aggregations.");
    }
  }

  /** A type error in an item of SELECT is reported in the words of the clause. */
  public TypedExpression typed(Projection.Item item, Stage planned) {
    return clauses.selected(item.expression(), planned);
  }
}
