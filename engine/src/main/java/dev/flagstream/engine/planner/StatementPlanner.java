package dev.flagstream.engine.planner;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.Emit;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.AlterSource;
import dev.flagstream.engine.ast.Statement.ColumnDefinition;
import dev.flagstream.engine.ast.Statement.CreateAsSelect;
import dev.flagstream.engine.ast.Statement.CreateSource;
import dev.flagstream.engine.ast.Statement.CreateType;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.InsertInto;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.plan.PlanStep.Project;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DefineType;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.query.ClauseAnalyzer;
import dev.flagstream.engine.planner.query.ColumnNames;
import dev.flagstream.engine.planner.query.ColumnPruner;
import dev.flagstream.engine.planner.query.FromClause;
import dev.flagstream.engine.planner.query.Projection;
import dev.flagstream.engine.planner.query.PullPlanner;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.planner.query.QueryPlan.Push;
import dev.flagstream.engine.planner.query.QueryPlanner;
import dev.flagstream.engine.planner.query.QueryQualifier;
import dev.flagstream.engine.planner.query.UnknownSource;
import dev.flagstream.engine.planner.refusal.Refusal;
import dev.flagstream.engine.planner.upgrade.SourceUpgrade;
import dev.flagstream.engine.planner.with.FormatRules;
import dev.flagstream.engine.planner.with.SchemaRules;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns statements into what will be done, checked against the catalogue and the topics. Changes
 * nothing itself. Thread-safe as far as the catalogue and the directory of topics are.
 */
public final class StatementPlanner {

  private final FunctionCatalog functions;
  private final TopicDirectory topics;

  public StatementPlanner(FunctionCatalog functions, TopicDirectory topics) {
    this.functions = functions;
    this.topics = topics;
  }

  /**
   * What a statement that changes the catalogue or starts a query will do.
   *
   * @param text the statement as written, which refusals quote
   * @param commandOffset the offset of the command that makes the statement, part of a query's id
   * @throws SqlException if the statement is refused, in ksqlDB's words
   */
  public PlannedStatement plan(
      Definition statement, String text, Catalog catalog, Session session, long commandOffset) {
    return Refusal.quoting(
        text, () -> statement.acceptKind(new PlanOf(text, catalog, session, commandOffset)));
  }

  /** Plans each kind of definition. */
  private final class PlanOf implements Definition.Visitor<PlannedStatement> {

    private final String text;
    private final Catalog catalog;
    private final Session session;
    private final long commandOffset;

    PlanOf(String text, Catalog catalog, Session session, long commandOffset) {
      this.text = text;
      this.catalog = catalog;
      this.session = session;
      this.commandOffset = commandOffset;
    }

    @Override
    public PlannedStatement visitCreateSource(CreateSource statement) {
      return createSource(statement, text, catalog, session);
    }

    @Override
    public PlannedStatement visitCreateAsSelect(CreateAsSelect statement) {
      return createAsSelect(statement, text, catalog, session, commandOffset);
    }

    @Override
    public PlannedStatement visitInsertInto(InsertInto statement) {
      return new SinkPlanner(functions, catalog, topics, session)
          .plan(statement, text, commandOffset);
    }

    @Override
    public PlannedStatement visitDropSource(Statement.DropSource statement) {
      return drop(statement, catalog);
    }

    @Override
    public PlannedStatement visitAlterSource(AlterSource statement) {
      return alter(statement, catalog);
    }

    @Override
    public PlannedStatement visitCreateType(CreateType statement) {
      return createType(statement, catalog);
    }

    @Override
    public PlannedStatement visitDropType(Statement.DropType statement) {
      return dropType(statement, catalog);
    }
  }

  // --------------------------------------------------------------------------------------- CREATE

  private PlannedStatement createSource(
      CreateSource statement, String text, Catalog catalog, Session session) {
    Optional<Source> existing = catalog.source(statement.name());
    if (existing.isPresent() && statement.ifNotExists()) {
      return alreadyExists(existing.get(), statement.kind(), text);
    }
    checkReplaceable(statement.kind(), statement.name(), statement.orReplace(), existing);
    if (statement.orReplace() && statement.source()) {
      throw notReplaceable(statement.kind(), statement.name());
    }
    DefineSource planned =
        new CreateSourcePlanner(catalog, topics, session).plan(statement, existing.isPresent());
    return Refusal.quoting(
        planned.normalizedSql(),
        () -> {
          checkUpgrade(existing, statement.orReplace(), planned.source());
          return planned;
        });
  }

  private PlannedStatement createAsSelect(
      CreateAsSelect statement, String text, Catalog catalog, Session session, long commandOffset) {
    Optional<Source> existing = catalog.source(statement.name());
    if (existing.isPresent() && statement.ifNotExists()) {
      return alreadyExists(existing.get(), statement.kind(), text);
    }
    checkReplaceable(statement.kind(), statement.name(), statement.orReplace(), existing);
    StartQuery planned =
        new SinkPlanner(functions, catalog, topics, session)
            .plan(statement, existing.isPresent(), commandOffset);
    return Refusal.quoting(
        planned.normalizedSql(),
        () -> {
          checkUpgrade(existing, statement.orReplace(), planned.query().sink());
          return planned;
        });
  }

  private static NothingToDo alreadyExists(Source existing, SourceKind kind, String text) {
    return new NothingToDo(
        text,
        "Cannot add %s `%s`: A %s with the same name already exists."
            .formatted(lower(kind), existing.name(), lower(existing.kind())));
  }

  private static void checkReplaceable(
      SourceKind kind, String name, boolean orReplace, Optional<Source> existing) {
    if (orReplace && existing.filter(Source::readOnly).isPresent()) {
      throw notReplaceable(kind, name);
    }
  }

  private static SqlException notReplaceable(SourceKind kind, String name) {
    return new SqlException(
        "Cannot add %s '%s': CREATE OR REPLACE is not supported on source %ss."
            .formatted(lower(kind), name, lower(kind)));
  }

  /** A replacement may add columns, and change nothing else of what others rely on. */
  private static void checkUpgrade(
      Optional<Source> existing, boolean orReplace, Source replacement) {
    if (existing.isEmpty()) {
      return;
    }
    Source old = existing.get();
    if (!orReplace || old.kind() != replacement.kind()) {
      throw new SqlException(
          "Cannot add %s '%s': A %s with the same name already exists"
              .formatted(lower(replacement.kind()), old.name(), lower(old.kind())));
    }
    List<String> reasons = SourceUpgrade.differences(old, replacement);
    if (!reasons.isEmpty()) {
      throw new SqlException("Cannot upgrade data source: " + String.join("\n\tAND ", reasons));
    }
  }

  // -------------------------------------------------------------------------------- DROP and ALTER

  private static PlannedStatement drop(Statement.DropSource statement, Catalog catalog) {
    String sql =
        StatementPrinter.print(
            new Statement.DropSource(
                statement.at(), statement.kind(), statement.name(), statement.ifExists(), false));
    Optional<Source> found = catalog.source(statement.name());
    if (found.isEmpty()) {
      if (statement.ifExists()) {
        return new NothingToDo(sql, "Source `" + statement.name() + "` does not exist.");
      }
      throw new SqlException(
          capitalized(statement.kind())
              + " "
              + statement.name()
              + " does not exist."
              + UnknownSource.hint(statement.name(), catalog));
    }
    Source source = found.get();
    if (source.kind() != statement.kind()) {
      throw new SqlException(
          "Incompatible data source type is %s, but statement was DROP %s"
              .formatted(lower(source.kind()), lower(statement.kind())));
    }
    if (statement.deleteTopic() && source.readOnly()) {
      throw new SqlException("Cannot delete topic for read-only source: " + source.name());
    }
    return new PlannedStatement.DropSource(sql, source, statement.deleteTopic());
  }

  private static PlannedStatement alter(AlterSource statement, Catalog catalog) {
    Source source =
        catalog
            .source(statement.name())
            .orElseThrow(() -> new SqlException("Source " + statement.name() + " does not exist."));
    if (source.kind() != statement.kind()) {
      throw new SqlException(
          "Incompatible data source type is %s, but statement was ALTER %s"
              .formatted(source.kind(), statement.kind()));
    }
    if (source.createdByQuery()) {
      throw new SqlException("ALTER command is not supported for CREATE ... AS statements.");
    }
    if (source.readOnly()) {
      throw new SqlException(
          "Cannot alter %s '%s': ALTER operations are not supported on source %ss."
              .formatted(lower(source.kind()), source.name(), lower(source.kind())));
    }
    List<Column> value = new ArrayList<>(source.schema().value());
    List<Column> declared = new ArrayList<>(source.schema().declared());
    TypeResolver types = new TypeResolver(catalog);
    for (ColumnDefinition added : statement.addedColumns()) {
      CreateSourcePlanner.checkReserved(added);
      if (new RowSchema(source.schema().key(), value).find(added.name()).isPresent()) {
        throw new SqlException(
            "Cannot add column `"
                + added.name()
                + "` to schema. A column with the same name"
                + " already exists.");
      }
      SqlType type = Refusal.whilePreparing(() -> types.resolve(added.type()));
      Column column = Column.value(added.name(), type);
      value.add(column);
      declared.add(column);
    }
    String sql = StatementPrinter.print(statement);
    Source altered =
        new Source(
            source.kind(),
            source.name(),
            new RowSchema(source.schema().key(), value, declared),
            source.topic(),
            source.keyFormat(),
            source.valueFormat(),
            source.window(),
            source.timestamp(),
            false,
            false,
            source.sql() + "\n" + sql);
    FormatRules.check(
        FormatRules.Part.VALUE, altered.valueFormat().kind(), altered.schema().value());
    return new DefineSource(sql, altered, true, Optional.empty());
  }

  // ----------------------------------------------------------------------------------------- types

  private static PlannedStatement createType(CreateType statement, Catalog catalog) {
    String sql = StatementPrinter.print(statement);
    SqlType type =
        Refusal.whilePreparing(() -> new TypeResolver(catalog).resolve(statement.type()));
    Optional<SqlType> existing = catalog.type(TypeResolver.key(statement.name()));
    if (existing.isPresent()) {
      String message = statement.name() + " is already registered with type " + existing.get();
      if (statement.ifNotExists()) {
        return new NothingToDo(sql, message);
      }
      throw new SqlException(
          "Cannot register custom type '"
              + statement.name()
              + "' since it is already registered with type: "
              + existing.get());
    }
    return new DefineType(sql, TypeResolver.key(statement.name()), type);
  }

  private static PlannedStatement dropType(Statement.DropType statement, Catalog catalog) {
    String sql = StatementPrinter.print(statement);
    if (catalog.type(TypeResolver.key(statement.name())).isEmpty()) {
      if (statement.ifExists()) {
        return new NothingToDo(sql, "Type '" + statement.name() + "' does not exist");
      }
      throw new SqlException("Type " + statement.name() + " does not exist.");
    }
    return new PlannedStatement.DropType(sql, TypeResolver.key(statement.name()));
  }

  // --------------------------------------------------------------------------------------- queries

  /**
   * What a SELECT will do: a push query where it has EMIT, else a pull query.
   *
   * @param text the statement as written, which refusals quote
   * @throws SqlException if the query is refused, in ksqlDB's words
   */
  public QueryPlan planQuery(Query query, String text, Catalog catalog, Session session) {
    return Refusal.quoting(
        text,
        () -> {
          ClauseAnalyzer clauses = new ClauseAnalyzer(functions, catalog, session);
          FromClause from = Refusal.inStatement(() -> FromClause.of(query.from(), catalog));
          ColumnNames names = new ColumnNames(from.sources());
          Query qualified = QueryQualifier.qualify(query, from, names);
          return query.emit().isPresent()
              ? push(qualified, from, names, clauses, session)
              : new PullPlanner(qualified, from, clauses, session).plan();
        });
  }

  private Push push(
      Query query, FromClause from, ColumnNames names, ClauseAnalyzer clauses, Session session) {
    QueryPlanner planner =
        new QueryPlanner(query, from, names, clauses, topics, new FormatRules(session));
    planner.withoutSink();
    QueryPlanner.Planned planned = planner.plan("SELECT");
    List<NamedExpression> values = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Projection.Item item : planned.projection().items()) {
      TypedExpression typed = planner.typed(item, planned.stage());
      values.add(new NamedExpression(item.name(), typed));
      columns.add(Column.value(item.name(), typed.type()));
    }
    PlanStep input = planned.stage().step();
    RowSchema result = new RowSchema(List.of(), columns);
    SchemaRules.checkDuplicates(result);
    planner.checkHaving();
    Project project = new Project(input, values, new RowSchema(input.schema().key(), columns));
    return new Push(
        ColumnPruner.prune(project),
        query.emit().orElse(Emit.CHANGES),
        result,
        columns.stream().map(Column::name).toList(),
        query.limit());
  }

  /**
   * The row an INSERT INTO … VALUES writes.
   *
   * @throws SqlException if the statement is refused, in ksqlDB's words
   */
  public InsertedRow planInsert(InsertValues statement, Catalog catalog, Session session) {
    return new InsertValuesPlanner(functions, catalog, session).plan(statement);
  }

  private static String lower(SourceKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String capitalized(SourceKind kind) {
    return kind == SourceKind.TABLE ? "Table" : "Stream";
  }
}
