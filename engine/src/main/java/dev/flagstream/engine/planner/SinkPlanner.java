package dev.flagstream.engine.planner;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.IntegerLiteral;
import dev.flagstream.engine.ast.Expression.LongLiteral;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.Window;
import dev.flagstream.engine.ast.Statement.CreateAsSelect;
import dev.flagstream.engine.ast.Statement.InsertInto;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Format.Kind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.catalog.Source.TimestampColumn;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.Aggregate;
import dev.flagstream.engine.plan.PlanStep.AggregateCall;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.Project;
import dev.flagstream.engine.plan.PlanStep.Write;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.planner.query.ClauseAnalyzer;
import dev.flagstream.engine.planner.query.ColumnNames;
import dev.flagstream.engine.planner.query.ColumnPruner;
import dev.flagstream.engine.planner.query.FromClause;
import dev.flagstream.engine.planner.query.QueryPlanner;
import dev.flagstream.engine.planner.query.QueryQualifier;
import dev.flagstream.engine.planner.query.RowKey;
import dev.flagstream.engine.planner.query.UnknownSource;
import dev.flagstream.engine.planner.query.UnselectedKeyException;
import dev.flagstream.engine.planner.refusal.PhysicalPlanException;
import dev.flagstream.engine.planner.refusal.Refusal;
import dev.flagstream.engine.planner.refusal.SchemaRegistryRequiredException;
import dev.flagstream.engine.planner.refusal.StatementException;
import dev.flagstream.engine.planner.upgrade.QueryShape;
import dev.flagstream.engine.planner.with.FormatRules;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import dev.flagstream.engine.planner.with.WithClause;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.DoubleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Plans persistent queries: CREATE … AS SELECT and INSERT INTO … SELECT. */
final class SinkPlanner {

  private static final String TOPIC_PREFIX = "ksql.output.topic.name.prefix";

  private static final String OUTPUT_ERROR =
      "Could not determine output schema for query due to error: ";

  private static final List<String> RESERVED_QUERY_IDS =
      List.of("INSERTQUERY_", "CTAS_", "CSAS_", "CST_");
  private static final Pattern QUERY_ID = Pattern.compile("[A-Za-z0-9_]+");

  private final Catalog catalog;
  private final TopicDirectory topics;
  private final Session session;
  private final FormatRules formats;
  private final ClauseAnalyzer clauses;

  SinkPlanner(FunctionCatalog functions, Catalog catalog, TopicDirectory topics, Session session) {
    this.catalog = catalog;
    this.topics = topics;
    this.session = session;
    this.formats = new FormatRules(session);
    this.clauses = new ClauseAnalyzer(functions, catalog, session);
  }

  // -------------------------------------------------------------------------- CREATE … AS SELECT

  StartQuery plan(CreateAsSelect statement, boolean replaces, long commandOffset) {
    Prepared prepared = prepare(statement.query(), "CREATE " + statement.kind() + " AS SELECT");
    WithClause written =
        Refusal.whilePreparing(() -> WithClause.ofCreateAsSelect(statement.with()));
    written.checkNoCleanupPolicy();
    SinkTopic topic = sinkTopic(statement, written, prepared);
    String sql = print(statement, topic.with(), prepared.query());
    return Refusal.quoting(
        sql,
        () -> {
          QueryPlanner planner = planner(prepared);
          Planned planned =
              inOutputSchema(
                  () -> create(statement, written, topic, planner, prepared.from(), sql));
          PersistentQuery query =
              new PersistentQuery(
                  queryId(statement, commandOffset),
                  sql,
                  planned.write(),
                  sourceNames(prepared.from()),
                  session.properties(),
                  true);
          return new StartQuery(sql, query, replaces, planned.topic());
        });
  }

  /** The plan's last step, and the topic it needs. */
  private record Planned(Write write, Optional<TopicToCreate> topic) {}

  private Planned create(
      CreateAsSelect statement,
      WithClause with,
      SinkTopic topic,
      QueryPlanner planner,
      FromClause from,
      String sql) {
    boolean table = statement.kind() == SourceKind.TABLE;
    SinkProjection.checkNames(planner.query());
    QueryPlanner.Planned planned =
        plan(planner, "CREATE " + statement.kind() + " AS SELECT", statement.name());
    checkDroppedKey(with, planned);
    SinkProjection projection =
        new SinkProjection(statement.name(), planned, planner, from, session);
    List<Column> selected = projection.columns();
    projection.checkValues(selected);
    Optional<TimestampColumn> timestamp =
        SchemaRules.timestamp(with, new RowSchema(List.of(), selected));
    Project project = projection.project(selected);
    checkKind(statement, project.kind(), sql);
    Format keyFormat = keyFormat(with, topic.layout().name(), project.schema(), planned);
    checkState(planned.stage().step());
    Format valueFormat = valueFormat(with, topic.layout().name(), project.schema(), planned);
    planner.checkHaving();
    Source sink =
        new Source(
            statement.kind(),
            statement.name(),
            project.schema(),
            topic.layout().name(),
            keyFormat,
            valueFormat,
            planned.window(),
            timestamp,
            false,
            true,
            sql);
    boolean windowed = planned.window().isPresent();
    return new Planned(
        new Write(ColumnPruner.prune(project), sink), topic.toCreate(table, windowed && table));
  }

  private static QueryPlanner.Planned plan(QueryPlanner planner, String statement, String sink) {
    try {
      return planner.plan(statement);
    } catch (UnselectedKeyException e) {
      throw new SqlException(SinkProjection.missingKey(sink, e.key(), e.missing()), e);
    }
  }

  private static void checkKind(CreateAsSelect statement, SourceKind made, String sql) {
    if (statement.kind() != made) {
      throw new SqlException(
          "Invalid result type. Your SELECT query produces a "
              + made
              + ". Please use CREATE "
              + made
              + " AS SELECT statement instead.\nStatement: "
              + sql);
    }
  }

  /** Whether the query ends in PARTITION BY NULL. */
  private static boolean hasDroppedKey(QueryPlanner.Planned planned) {
    return planned.key().kind() == RowKey.Kind.PARTITIONING && planned.key().columns().isEmpty();
  }

  private static void checkDroppedKey(WithClause with, QueryPlanner.Planned planned) {
    Optional<String> asked = askedKeyFormat(with);
    if (hasDroppedKey(planned) && asked.filter(n -> !n.equalsIgnoreCase("NONE")).isPresent()) {
      throw new SqlException("Key format specified for stream without key columns.");
    }
  }

  private static Optional<String> askedKeyFormat(WithClause with) {
    return with.text(WithClause.KEY_FORMAT).or(() -> with.text(WithClause.FORMAT));
  }

  private Format keyFormat(
      WithClause with, String topic, RowSchema schema, QueryPlanner.Planned planned) {
    Optional<String> asked = askedKeyFormat(with);
    Kind used =
        hasDroppedKey(planned)
            ? Kind.NONE
            : asked
                .map(name -> FormatRules.kind(name, topic))
                .orElseGet(() -> inherited(planned.keyFormat(), schema));
    FormatRules.checkNoSchemaOf(FormatRules.Part.KEY, used, with);
    Map<String, String> properties =
        FormatRules.properties(used, with.text(WithClause.KEY_DELIMITER));
    if (asked.isEmpty() && properties.isEmpty() && used == planned.keyFormat().kind()) {
      properties = planned.keyFormat().properties();
    }
    FormatRules.check(FormatRules.Part.KEY, used, schema.key());
    return new Format(used, properties, Optional.empty());
  }

  /** A sink without a key goes on with the format its source declares for one. */
  private Kind inherited(Format source, RowSchema schema) {
    return schema.key().isEmpty() ? source.kind() : formats.orDefaultKey(source).kind();
  }

  private Format valueFormat(
      WithClause with, String topic, RowSchema schema, QueryPlanner.Planned planned) {
    Optional<String> asked =
        with.text(WithClause.VALUE_FORMAT).or(() -> with.text(WithClause.FORMAT));
    Kind kind =
        asked.map(name -> FormatRules.kind(name, topic)).orElse(planned.valueFormat().kind());
    FormatRules.checkNoSchemaOf(FormatRules.Part.VALUE, kind, with);
    Map<String, String> properties =
        FormatRules.properties(kind, with.text(WithClause.VALUE_DELIMITER));
    if (asked.isEmpty() && properties.isEmpty()) {
      properties = planned.valueFormat().properties();
    }
    Optional<Boolean> wrap =
        formats.wrapping(kind, schema.value(), with.truth(WithClause.WRAP_SINGLE_VALUE));
    FormatRules.check(FormatRules.Part.VALUE, kind, schema.value());
    return new Format(kind, properties, wrap);
  }

  /** The state that an aggregation keeps per group is written in the value's format, too. */
  private static void checkState(PlanStep step) {
    if (step instanceof Aggregate aggregate) {
      boolean nested =
          aggregate.aggregates().stream()
              .map(call -> call.function().aggregateType().base())
              .anyMatch(
                  type ->
                      switch (type) {
                        case ARRAY, MAP, STRUCT -> true;
                        default -> false;
                      });
      if (nested && aggregate.stateFormat().kind() == Kind.DELIMITED) {
        if (aggregate.windowing().isPresent()) {
          // ksqlDB says which of the columns cannot be held.
          FormatRules.check(
              FormatRules.Part.VALUE, aggregate.stateFormat().kind(), stateColumns(aggregate));
        }
        throw new PhysicalPlanException(
            "One of the functions used in the statement has an intermediate type that the value"
                + " format can not handle. Please remove the function or change the format.\n"
                + "Consider up-voting https://github.com/confluentinc/ksql/issues/3950, which will"
                + " resolve this limitation");
      }
    }
    step.inputs().forEach(SinkPlanner::checkState);
  }

  /** The columns that an aggregation reads, and then its states. */
  private static List<Column> stateColumns(Aggregate aggregate) {
    Set<Column> columns = new LinkedHashSet<>();
    aggregate.groupBy().forEach(group -> addColumn(group, columns));
    for (AggregateCall call : aggregate.aggregates()) {
      call.arguments().forEach(argument -> addColumn(argument, columns));
    }
    List<AggregateCall> calls = aggregate.aggregates();
    for (int i = 0; i < calls.size(); i++) {
      columns.add(
          Column.value(
              aggregate.schema().value().get(i).name(), calls.get(i).function().aggregateType()));
    }
    return List.copyOf(columns);
  }

  private static void addColumn(TypedExpression expression, Set<Column> columns) {
    if (expression instanceof ColumnReference column) {
      columns.add(Column.value(column.name(), column.type()));
    }
  }

  private static String queryId(CreateAsSelect statement, long commandOffset) {
    String prefix = statement.kind() == SourceKind.TABLE ? "CTAS_" : "CSAS_";
    return prefix + statement.name() + "_" + commandOffset;
  }

  // -------------------------------------------------------------------------- INSERT INTO … SELECT

  StartQuery plan(InsertInto statement, String text, long commandOffset) {
    return Refusal.quoting(
        text,
        () -> {
          WithClause with = Refusal.whilePreparing(() -> WithClause.ofInsert(statement.with()));
          Source target = Refusal.inStatement(() -> insertTarget(statement));
          Prepared prepared = prepare(statement.query(), "INSERT INTO");
          if (target.readOnly()) {
            throw new SqlException("Cannot insert into read-only stream: " + target.name());
          }
          SinkProjection.checkNames(prepared.query());
          QueryPlanner planner = planner(prepared);
          QueryPlanner.Planned planned = plan(planner, "INSERT INTO", target.name());
          SinkProjection projection =
              new SinkProjection(target.name(), planned, planner, prepared.from(), session);
          List<Column> selected = projection.columns();
          projection.checkValues(selected);
          Project project = projection.project(selected);
          checkInsertable(target, project);
          planner.checkHaving();
          Write write = new Write(ColumnPruner.prune(castTo(target, project)), target);
          String sql =
              StatementPrinter.print(
                  new InsertInto(
                      statement.at(), statement.target(), statement.with(), prepared.query()));
          String id =
              with.text(WithClause.QUERY_ID)
                  .map(SinkPlanner::chosenQueryId)
                  .orElse("INSERTQUERY_" + commandOffset);
          PersistentQuery query =
              new PersistentQuery(
                  id, sql, write, sourceNames(prepared.from()), session.properties(), false);
          return new StartQuery(sql, query, false, Optional.empty());
        });
  }

  /** A query id that the user chose; those that the engine makes up cannot be taken. */
  private static String chosenQueryId(String written) {
    String id = written.toUpperCase(Locale.ROOT);
    if (RESERVED_QUERY_IDS.stream().anyMatch(id::startsWith)) {
      throw new SqlException(
          "Query IDs must not start with a reserved query ID prefix (%s). Got '%s'."
              .formatted(String.join(", ", RESERVED_QUERY_IDS), id));
    }
    if (!QUERY_ID.matcher(id).matches()) {
      throw new SqlException(
          "Query IDs may contain only alphanumeric characters and '_'. Got: '%s'".formatted(id));
    }
    return id;
  }

  private Source insertTarget(InsertInto statement) {
    Source target =
        catalog
            .source(statement.target())
            .orElseThrow(
                () ->
                    new SqlException(
                        FromClause.at(statement.at())
                            + "Source `"
                            + statement.target()
                            + "` does not exist."
                            + UnknownSource.hint(statement.target(), catalog)));
    if (target.kind() != SourceKind.STREAM) {
      throw new SqlException(
          "INSERT INTO can only be used to insert into a stream. "
              + target.name()
              + " is a table.");
    }
    boolean headers =
        target.schema().value().stream().anyMatch(c -> c.namespace() == Column.Namespace.HEADERS);
    if (headers) {
      throw new SqlException(
          "Cannot insert into " + target.name() + " because it has header columns");
    }
    return target;
  }

  private static void checkInsertable(Source target, Project project) {
    if (project.kind() != SourceKind.STREAM) {
      throw new SqlException(
          "Incompatible data sink and query result. Data sink ("
              + target.name()
              + ") type is KSTREAM but select query result is KTABLE.");
    }
    RowSchema result = project.schema();
    boolean fits =
        fit(result.key(), target.schema().key())
            && fit(withLiteralsAsDecimals(project, target), target.schema().value());
    if (!fits) {
      throw new SqlException(
          "Incompatible schema between results and sink.\nResult schema is "
              + result
              + "\nSink schema is "
              + target.schema());
    }
  }

  /** A literal of any number's type is a DECIMAL where the target has one that can hold it. */
  private static List<Column> withLiteralsAsDecimals(Project project, Source target) {
    List<Column> columns = new ArrayList<>(project.schema().value());
    List<Column> targets = target.schema().value();
    for (int i = 0; i < Math.min(columns.size(), targets.size()); i++) {
      TypedExpression expression = project.values().get(i).expression();
      SqlType type = targets.get(i).type();
      if (expression instanceof TypedExpression.Literal literal
          && type instanceof SqlType.Decimal
          && numberOf(literal).filter(number -> isNarrower(decimalOf(number), type)).isPresent()) {
        columns.set(i, Column.value(columns.get(i).name(), type));
      }
    }
    return columns;
  }

  private static Optional<BigDecimal> numberOf(TypedExpression.Literal literal) {
    Object value = literal.value();
    return switch (literal.type().base()) {
      case INTEGER, BIGINT -> Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
      case DOUBLE -> Optional.of(DoubleText.toDecimal((Double) value));
      default -> Optional.empty();
    };
  }

  /** The type that holds a number with all its digits, and has one before the point. */
  private static SqlType decimalOf(BigDecimal number) {
    int scale = Math.max(number.scale(), 0);
    int whole = Math.max(number.precision() - number.scale(), 1);
    return new SqlType.Decimal(whole + scale, scale);
  }

  /** Columns of the same names and types; a DECIMAL may be narrower than the target's. */
  private static boolean fit(List<Column> columns, List<Column> target) {
    if (columns.size() != target.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean fits =
          column.name().equals(target.get(i).name())
              && (column.type().equals(target.get(i).type())
                  || isNarrower(column.type(), target.get(i).type()));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNarrower(SqlType type, SqlType target) {
    return type instanceof SqlType.Decimal narrow
        && target instanceof SqlType.Decimal wide
        && narrow.scale() <= wide.scale()
        && narrow.precision() - narrow.scale() <= wide.precision() - wide.scale();
  }

  private static Project castTo(Source target, Project project) {
    List<NamedExpression> values = new ArrayList<>();
    for (int i = 0; i < project.values().size(); i++) {
      NamedExpression value = project.values().get(i);
      SqlType type = target.schema().value().get(i).type();
      boolean same = value.expression().isOf(type);
      values.add(
          same
              ? value
              : new NamedExpression(
                  value.name(),
                  ExpressionAnalyzer.cast(List.of(value.expression()), List.of(type)).get(0)));
    }
    return new Project(project.input(), values, target.schema());
  }

  // ------------------------------------------------------------------------------------- the query

  /** A query with its names resolved. */
  record Prepared(Query query, FromClause from, ColumnNames names) {}

  private Prepared prepare(Query query, String statement) {
    Refusal.checkWhilePreparing(() -> QueryShape.check(query, statement));
    FromClause from = Refusal.inStatement(() -> FromClause.of(query.from(), catalog));
    ColumnNames names = new ColumnNames(from.sources());
    return new Prepared(QueryQualifier.qualify(query, from, names), from, names);
  }

  private QueryPlanner planner(Prepared prepared) {
    return new QueryPlanner(
        prepared.query(), prepared.from(), prepared.names(), clauses, topics, formats);
  }

  private static List<String> sourceNames(FromClause from) {
    return from.sources().stream().map(source -> source.source().name()).toList();
  }

  /** Does what belongs to the output's schema, or comes after it and says so. */
  private static <T> T inOutputSchema(Supplier<T> planning) {
    try {
      return planning.get();
    } catch (SchemaRegistryRequiredException | PhysicalPlanException | StatementException e) {
      throw e;
    } catch (SqlException e) {
      throw new SqlException(OUTPUT_ERROR + e.getMessage(), e);
    }
  }

  // ------------------------------------------------------------------------------------- the topic

  /** The sink's topic: what the statement asks of it; and the WITH clause that says so. */
  private record SinkTopic(TopicLayout layout, boolean exists, WithClause with) {

    Optional<TopicToCreate> toCreate(boolean table, boolean windowed) {
      if (exists) {
        return Optional.empty();
      }
      String policy = windowed ? "compact,delete" : table ? "compact" : "delete";
      Map<String, String> configs = new LinkedHashMap<>();
      configs.put("cleanup.policy", policy);
      if (windowed || !table) {
        configs.put("retention.ms", Long.toString(layout.retentionMs()));
      }
      return Optional.of(
          new TopicToCreate(layout.name(), layout.partitions(), layout.replicas(), configs));
    }
  }

  /** What WITH does not say of the topic is as it is of the first source's, as in ksqlDB. */
  private SinkTopic sinkTopic(CreateAsSelect statement, WithClause with, Prepared prepared) {
    String name =
        with.text(WithClause.KAFKA_TOPIC)
            .orElseGet(() -> session.property(TOPIC_PREFIX).orElse("") + statement.name());
    Source source = prepared.from().first().source();
    Optional<TopicInfo> existing = topics.find(name);
    TopicInfo model =
        topics
            .find(source.topic())
            .or(() -> existing)
            .orElseGet(() -> new TopicInfo(source.topic(), 1, (short) 1));
    Optional<Window> window = statement.query().window();
    TopicLayout layout =
        TopicLayout.of(with, model).named(name).keptFor(window.flatMap(Window::retention));
    boolean compacted = statement.kind() == SourceKind.TABLE && window.isEmpty();
    existing
        .filter(topic -> topics.mustFit())
        .ifPresent(topic -> (compacted ? layout.whereAgeDoesNotMatter() : layout).check(topic));
    Map<String, Expression> defaults = new LinkedHashMap<>();
    defaults.put(WithClause.CLEANUP_POLICY, text(cleanupPolicy(statement)));
    defaults.put(WithClause.KAFKA_TOPIC, text(name));
    defaults.put(WithClause.PARTITIONS, new IntegerLiteral(Position.NONE, layout.partitions()));
    defaults.put(WithClause.REPLICAS, new IntegerLiteral(Position.NONE, layout.replicas()));
    defaults.put(WithClause.RETENTION_MS, new LongLiteral(Position.NONE, layout.retentionMs()));
    return new SinkTopic(layout, existing.isPresent(), with.withDefaults(defaults));
  }

  private static String cleanupPolicy(CreateAsSelect statement) {
    if (statement.kind() == SourceKind.STREAM) {
      return "delete";
    }
    return statement.query().window().isPresent() ? "compact,delete" : "compact";
  }

  private static Expression text(String value) {
    return new StringLiteral(Position.NONE, value);
  }

  private static String print(CreateAsSelect statement, WithClause with, Query query) {
    return StatementPrinter.print(
        new CreateAsSelect(
            statement.at(),
            statement.kind(),
            statement.name(),
            statement.orReplace(),
            statement.ifNotExists(),
            with.asWritten(),
            query));
  }
}
