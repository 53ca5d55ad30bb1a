package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.TypeName;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.ColumnDefinition;
import dev.flagstream.engine.ast.Statement.ColumnRole;
import dev.flagstream.engine.ast.Statement.ConnectorScope;
import dev.flagstream.engine.ast.Statement.ShowKind;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlGrammarBaseVisitor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Turns the parse tree of a statement into the type of its kind. */
final class StatementBuilder extends SqlGrammarBaseVisitor<Statement> {

  private final SyntaxErrors errors;
  private final WrittenNames names;
  private final TypeBuilder types;
  private final ExpressionBuilder expressions;
  private final QueryBuilder queries;

  StatementBuilder(SyntaxErrors errors) {
    this.errors = errors;
    this.names = new WrittenNames(errors);
    this.types = new TypeBuilder(errors, names);
    this.expressions = new ExpressionBuilder(errors, names, types);
    this.queries = new QueryBuilder(errors, names, expressions);
  }

  @Override
  public Statement visitSingleStatement(SqlGrammar.SingleStatementContext node) {
    return node.statement().accept(this);
  }

  // ------------------------------------------------------------------------- sources and rows

  @Override
  public Statement visitQueryStatement(SqlGrammar.QueryStatementContext node) {
    return new Statement.QueryStatement(Positions.of(node), queries.build(node.query()));
  }

  @Override
  public Statement visitCreateSource(SqlGrammar.CreateSourceContext node) {
    SourceKind kind = kind(node.sourceKind());
    return new Statement.CreateSource(
        Positions.of(node),
        kind,
        names.source(node.name),
        node.OR() != null,
        node.ifNotExists() != null,
        node.SOURCE() != null,
        columns(kind, node.columnDefinitions()),
        properties(node.properties()));
  }

  @Override
  public Statement visitCreateAsSelect(SqlGrammar.CreateAsSelectContext node) {
    return new Statement.CreateAsSelect(
        Positions.of(node),
        kind(node.sourceKind()),
        names.source(node.name),
        node.OR() != null,
        node.ifNotExists() != null,
        properties(node.properties()),
        queries.buildPersistent(node.query()));
  }

  @Override
  public Statement visitInsertInto(SqlGrammar.InsertIntoContext node) {
    return new Statement.InsertInto(
        Positions.of(node.name),
        names.source(node.name),
        properties(node.properties()),
        queries.buildPersistent(node.query()));
  }

  @Override
  public Statement visitInsertValues(SqlGrammar.InsertValuesContext node) {
    List<String> columns =
        node.columnNames() == null
            ? List.of()
            : node.columnNames().identifier().stream().map(names::identifier).toList();
    return new Statement.InsertValues(
        Positions.of(node), names.source(node.name), columns, expressions.build(node.expression()));
  }

  @Override
  public Statement visitDropSource(SqlGrammar.DropSourceContext node) {
    return new Statement.DropSource(
        Positions.of(node),
        kind(node.sourceKind()),
        names.source(node.name),
        node.ifExists() != null,
        node.DELETE() != null);
  }

  @Override
  public Statement visitAlterSource(SqlGrammar.AlterSourceContext node) {
    return new Statement.AlterSource(
        Positions.of(node),
        kind(node.sourceKind()),
        names.source(node.name),
        node.addedColumn().stream().map(this::addedColumn).toList());
  }

  private ColumnDefinition addedColumn(SqlGrammar.AddedColumnContext column) {
    return new ColumnDefinition(
        Positions.of(column.identifier()),
        names.identifier(column.identifier()),
        types.build(column.type()),
        ColumnRole.VALUE,
        Optional.empty());
  }

  private List<ColumnDefinition> columns(
      SourceKind kind, SqlGrammar.ColumnDefinitionsContext columns) {
    return columns == null
        ? List.of()
        : columns.columnDefinition().stream().map(column -> column(kind, column)).toList();
  }

  private ColumnDefinition column(SourceKind kind, SqlGrammar.ColumnDefinitionContext column) {
    Position at = Positions.of(column);
    String name = names.identifier(column.identifier());
    TypeName type = types.build(column.type());
    SqlGrammar.ColumnRoleContext role = column.columnRole();
    if (role instanceof SqlGrammar.KeyRoleContext key) {
      return new ColumnDefinition(at, name, type, keyRole(kind, at, name, key), Optional.empty());
    }
    if (role instanceof SqlGrammar.HeadersRoleContext) {
      return new ColumnDefinition(at, name, type, ColumnRole.HEADERS, Optional.empty());
    }
    if (role instanceof SqlGrammar.HeaderRoleContext header) {
      String headerName = WrittenNames.unquote(header.STRING().getSymbol());
      return new ColumnDefinition(at, name, type, ColumnRole.HEADER, Optional.of(headerName));
    }
    return new ColumnDefinition(at, name, type, ColumnRole.VALUE, Optional.empty());
  }

  private ColumnRole keyRole(
      SourceKind kind, Position at, String name, SqlGrammar.KeyRoleContext key) {
    ColumnRole role = key.PRIMARY() == null ? ColumnRole.KEY : ColumnRole.PRIMARY_KEY;
    if (kind == SourceKind.TABLE && role == ColumnRole.KEY) {
      throw wrongKey(at, name, "KEY", "PRIMARY KEY", "tables");
    }
    if (kind == SourceKind.STREAM && role == ColumnRole.PRIMARY_KEY) {
      throw wrongKey(at, name, "PRIMARY KEY", "KEY", "streams");
    }
    return role;
  }

  private SqlSyntaxException wrongKey(
      Position at, String column, String written, String wanted, String sources) {
    return errors.refused(
        at,
        column,
        """
        Line: %d, Col: %d: Column `%s` is a '%s' column: please use '%s' for %s.
        Tables have PRIMARY KEYs, which are unique and NON NULL.
        Streams have KEYs, which have no uniqueness or NON NULL constraints."""
            .formatted(at.line(), at.column(), column, written, wanted, sources));
  }

  // ------------------------------------------------------------------- queries that are running

  @Override
  public Statement visitTerminate(SqlGrammar.TerminateContext node) {
    return new Statement.Terminate(Positions.of(node), queryId(node.queryReference()));
  }

  @Override
  public Statement visitPause(SqlGrammar.PauseContext node) {
    return new Statement.Pause(Positions.of(node), queryId(node.queryReference()));
  }

  @Override
  public Statement visitResume(SqlGrammar.ResumeContext node) {
    return new Statement.Resume(Positions.of(node), queryId(node.queryReference()));
  }

  private Optional<String> queryId(SqlGrammar.QueryReferenceContext query) {
    return Optional.ofNullable(query.identifier()).map(names::identifier);
  }

  @Override
  public Statement visitExplain(SqlGrammar.ExplainContext node) {
    return new Statement.Explain(
        Positions.of(node),
        Optional.ofNullable(node.queryId).map(names::identifier),
        Optional.ofNullable(node.statement()).map(explained -> explained.accept(this)));
  }

  @Override
  public Statement visitPrintTopic(SqlGrammar.PrintTopicContext node) {
    return new Statement.PrintTopic(
        Positions.of(node),
        names.resource(node.resource()),
        node.BEGINNING() != null,
        number(node.interval),
        number(node.limit));
  }

  // ------------------------------------------------------------------------- what is there

  @Override
  public Statement visitShowStreams(SqlGrammar.ShowStreamsContext node) {
    return show(node, ShowKind.STREAMS, node.EXTENDED() != null);
  }

  @Override
  public Statement visitShowTables(SqlGrammar.ShowTablesContext node) {
    return show(node, ShowKind.TABLES, node.EXTENDED() != null);
  }

  @Override
  public Statement visitShowTopics(SqlGrammar.ShowTopicsContext node) {
    ShowKind kind = node.ALL() == null ? ShowKind.TOPICS : ShowKind.ALL_TOPICS;
    return show(node, kind, node.EXTENDED() != null);
  }

  @Override
  public Statement visitShowQueries(SqlGrammar.ShowQueriesContext node) {
    return show(node, ShowKind.QUERIES, node.EXTENDED() != null);
  }

  @Override
  public Statement visitShowFunctions(SqlGrammar.ShowFunctionsContext node) {
    return show(node, ShowKind.FUNCTIONS, false);
  }

  @Override
  public Statement visitShowProperties(SqlGrammar.ShowPropertiesContext node) {
    return show(node, ShowKind.PROPERTIES, false);
  }

  @Override
  public Statement visitShowTypes(SqlGrammar.ShowTypesContext node) {
    return show(node, ShowKind.TYPES, false);
  }

  @Override
  public Statement visitShowVariables(SqlGrammar.ShowVariablesContext node) {
    return show(node, ShowKind.VARIABLES, false);
  }

  @Override
  public Statement visitShowConnectors(SqlGrammar.ShowConnectorsContext node) {
    ConnectorScope scope = node.SOURCE() == null ? ConnectorScope.ALL : ConnectorScope.SOURCE;
    return new Statement.ShowConnectors(
        Positions.of(node), node.SINK() == null ? scope : ConnectorScope.SINK);
  }

  @Override
  public Statement visitShowConnectorPlugins(SqlGrammar.ShowConnectorPluginsContext node) {
    return new Statement.ShowConnectorPlugins(Positions.of(node));
  }

  private static Statement show(ParserRuleContext node, ShowKind kind, boolean extended) {
    return new Statement.Show(Positions.of(node), kind, extended);
  }

  @Override
  public Statement visitDescribe(SqlGrammar.DescribeContext node) {
    return new Statement.Describe(
        Positions.of(node), names.source(node.name), node.EXTENDED() != null);
  }

  @Override
  public Statement visitDescribeAll(SqlGrammar.DescribeAllContext node) {
    SourceKind kind = node.STREAMS() == null ? SourceKind.TABLE : SourceKind.STREAM;
    return new Statement.DescribeAll(Positions.of(node), kind, node.EXTENDED() != null);
  }

  @Override
  public Statement visitDescribeFunction(SqlGrammar.DescribeFunctionContext node) {
    return new Statement.DescribeFunction(Positions.of(node), names.identifier(node.name));
  }

  @Override
  public Statement visitDescribeConnector(SqlGrammar.DescribeConnectorContext node) {
    return new Statement.DescribeConnector(Positions.of(node), names.identifier(node.name));
  }

  // ------------------------------------------------------------------- settings and variables

  @Override
  public Statement visitSetProperty(SqlGrammar.SetPropertyContext node) {
    return new Statement.SetProperty(
        Positions.of(node), WrittenNames.unquote(node.key), WrittenNames.unquote(node.setting));
  }

  @Override
  public Statement visitUnsetProperty(SqlGrammar.UnsetPropertyContext node) {
    return new Statement.UnsetProperty(Positions.of(node), WrittenNames.unquote(node.key));
  }

  @Override
  public Statement visitAlterSystem(SqlGrammar.AlterSystemContext node) {
    return new Statement.AlterSystem(
        Positions.of(node), WrittenNames.unquote(node.key), WrittenNames.unquote(node.setting));
  }

  @Override
  public Statement visitDefine(SqlGrammar.DefineContext node) {
    return new Statement.Define(
        Positions.of(node), node.variable.getText(), WrittenNames.unquote(node.setting));
  }

  @Override
  public Statement visitUndefine(SqlGrammar.UndefineContext node) {
    return new Statement.Undefine(Positions.of(node), node.variable.getText());
  }

  // ------------------------------------------------------------------------ types, connectors

  @Override
  public Statement visitCreateType(SqlGrammar.CreateTypeContext node) {
    return new Statement.CreateType(
        Positions.of(node),
        names.identifier(node.name),
        node.ifNotExists() != null,
        types.build(node.type()));
  }

  @Override
  public Statement visitDropType(SqlGrammar.DropTypeContext node) {
    return new Statement.DropType(
        Positions.of(node), names.identifier(node.name), node.ifExists() != null);
  }

  @Override
  public Statement visitCreateConnector(SqlGrammar.CreateConnectorContext node) {
    return new Statement.CreateConnector(
        Positions.of(node),
        node.SINK() != null,
        names.identifier(node.name),
        node.ifNotExists() != null,
        connectorProperties(node.properties()));
  }

  @Override
  public Statement visitDropConnector(SqlGrammar.DropConnectorContext node) {
    return new Statement.DropConnector(
        Positions.of(node), names.identifier(node.name), node.ifExists() != null);
  }

  // -------------------------------------------------------------------------------- assertions

  @Override
  public Statement visitAssertTopic(SqlGrammar.AssertTopicContext node) {
    return new Statement.AssertTopic(
        Positions.of(node),
        names.resource(node.resource()),
        properties(node.properties()),
        timeout(node.duration()),
        node.EXISTS() == null);
  }

  @Override
  public Statement visitAssertSchema(SqlGrammar.AssertSchemaContext node) {
    return new Statement.AssertSchema(
        Positions.of(node),
        Optional.ofNullable(node.resource()).map(names::resource),
        number(node.id),
        timeout(node.duration()),
        node.EXISTS() == null);
  }

  private Optional<Duration> timeout(SqlGrammar.DurationContext duration) {
    return Optional.ofNullable(duration).map(d -> TimeUnits.interval(errors, d).toDuration());
  }

  // ------------------------------------------------------------------------------------- parts

  private static SourceKind kind(SqlGrammar.SourceKindContext kind) {
    return kind.STREAM() == null ? SourceKind.TABLE : SourceKind.STREAM;
  }

  /** The WITH clause in the order written, names in upper case. */
  private Map<String, Expression> properties(SqlGrammar.PropertiesContext properties) {
    Map<String, Expression> with = new LinkedHashMap<>();
    if (properties != null) {
      for (SqlGrammar.PropertyContext property : properties.property()) {
        String name = propertyName(property).toUpperCase(Locale.ROOT);
        Expression value = expressions.build(property.literal());
        Expression before = with.putIfAbsent(name, value);
        if (before != null) {
          throw errors.invalid(
              Positions.of(property),
              property.getText(),
              "Multiple entries with same key: %s and %s"
                  .formatted(shown(name, value), shown(name, before)));
        }
      }
    }
    return with;
  }

  private static String shown(String name, Expression value) {
    return name + "=" + ExpressionPrinter.print(value);
  }

  /** Connectors' properties belong to Kafka Connect: the case of quoted names is kept. */
  private Map<String, Expression> connectorProperties(SqlGrammar.PropertiesContext properties) {
    Map<String, Expression> with = new LinkedHashMap<>();
    if (properties != null) {
      for (SqlGrammar.PropertyContext property : properties.property()) {
        with.put(propertyName(property), expressions.build(property.literal()));
      }
    }
    return with;
  }

  private String propertyName(SqlGrammar.PropertyContext property) {
    return property.STRING() == null
        ? names.identifier(property.identifier())
        : WrittenNames.unquote(property.STRING().getSymbol());
  }

  private OptionalInt number(Token digits) {
    return digits == null
        ? OptionalInt.empty()
        : OptionalInt.of(Numbers.smallInteger(errors, digits));
  }
}
