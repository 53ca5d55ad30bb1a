package dev.flagstream.engine.ast.print;

import static java.util.stream.Collectors.joining;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.ColumnDefinition;
import dev.flagstream.engine.ast.Statement.ShowKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes statements as ksqlDB echoes them, each with its semicolon.
 *
 * <p>It writes the tree as it is: callers that want defaults and source names in the text add them
 * to the tree first. What is written reads back as the same tree.
 */
public final class StatementPrinter {

  private StatementPrinter() {}

  /** The statement's normalized text. */
  public static String print(Statement statement) {
    return withoutSemicolon(statement) + ";";
  }

  /** The statement's normalized text without data or secrets, fit for logs and errors. */
  public static String printMasked(Statement statement) {
    if (statement instanceof Statement.InsertValues insert) {
      return "INSERT INTO %s %sVALUES (%s);"
          .formatted(
              Names.backquoted(insert.target()),
              columnNames(insert.columns().stream().map(Names::backquoted).toList()),
              insert.values().stream().map(value -> "'[value]'").collect(joining(", ")));
    }
    if (statement instanceof Statement.CreateConnector connector) {
      return print(masked(connector));
    }
    return print(statement);
  }

  /** A connector's settings hold passwords, so only its class is shown. */
  private static Statement masked(Statement.CreateConnector s) {
    Map<String, Expression> masked = new TreeMap<>(s.with());
    masked.replaceAll(
        (name, value) ->
            name.equalsIgnoreCase("connector.class")
                ? value
                : new Expression.StringLiteral(value.at(), "[string]"));
    return new Statement.CreateConnector(s.at(), s.sink(), s.name(), s.ifNotExists(), masked);
  }

  private static String withoutSemicolon(Statement statement) {
    return statement.accept(Writer.INSTANCE);
  }

  /** Writes every kind of statement, without its semicolon. */
  private static final class Writer
      implements Statement.Visitor<String, RuntimeException>,
          Statement.Command.Visitor<String>,
          Statement.Definition.Visitor<String>,
          Statement.QueryControl.Visitor<String>,
          Statement.SessionChange.Visitor<String>,
          Statement.Question.Visitor<String, RuntimeException>,
          Statement.RowsRequest.Visitor<String>,
          Statement.ConnectRequest.Visitor<String>,
          Statement.Unsupported.Visitor<String> {

    private static final Writer INSTANCE = new Writer();

    @Override
    public String visitCommand(Statement.Command s) {
      return s.acceptCommand(this);
    }

    @Override
    public String visitDefinition(Statement.Definition s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitQueryControl(Statement.QueryControl s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitSessionChange(Statement.SessionChange s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitQuestion(Statement.Question s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitRowsRequest(Statement.RowsRequest s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitConnectRequest(Statement.ConnectRequest s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitUnsupported(Statement.Unsupported s) {
      return s.acceptKind(this);
    }

    @Override
    public String visitCreateSource(Statement.CreateSource s) {
      return createSource(s);
    }

    @Override
    public String visitCreateAsSelect(Statement.CreateAsSelect s) {
      return createAsSelect(s);
    }

    @Override
    public String visitInsertInto(Statement.InsertInto s) {
      return "INSERT INTO %s%s %s"
          .formatted(Names.identifier(s.target()), with(s.with()), QueryPrinter.print(s.query()));
    }

    @Override
    public String visitDropSource(Statement.DropSource s) {
      return "DROP "
          + s.kind()
          + ifExists(s.ifExists())
          + Names.identifier(s.name())
          + option(" DELETE TOPIC", s.deleteTopic());
    }

    @Override
    public String visitAlterSource(Statement.AlterSource s) {
      return alterSource(s);
    }

    @Override
    public String visitCreateType(Statement.CreateType s) {
      return "CREATE TYPE"
          + ifNotExists(s.ifNotExists())
          + Names.identifier(s.name())
          + " AS "
          + TypePrinter.print(s.type());
    }

    @Override
    public String visitDropType(Statement.DropType s) {
      return "DROP TYPE" + ifExists(s.ifExists()) + Names.identifier(s.name());
    }

    @Override
    public String visitTerminate(Statement.Terminate s) {
      return "TERMINATE " + queryOrAll(s.queryId());
    }

    @Override
    public String visitPause(Statement.Pause s) {
      return "PAUSE " + queryOrAll(s.queryId());
    }

    @Override
    public String visitResume(Statement.Resume s) {
      return "RESUME " + queryOrAll(s.queryId());
    }

    @Override
    public String visitSetProperty(Statement.SetProperty s) {
      return "SET " + Names.string(s.name()) + "=" + Names.string(s.value());
    }

    @Override
    public String visitUnsetProperty(Statement.UnsetProperty s) {
      return "UNSET " + Names.string(s.name());
    }

    @Override
    public String visitDefine(Statement.Define s) {
      return "DEFINE " + s.variable() + "=" + Names.string(s.value());
    }

    @Override
    public String visitUndefine(Statement.Undefine s) {
      return "UNDEFINE " + s.variable();
    }

    @Override
    public String visitInsertValues(Statement.InsertValues s) {
      return insertValues(s);
    }

    @Override
    public String visitShow(Statement.Show s) {
      return "SHOW " + plural(s.kind()) + extended(s.extended());
    }

    @Override
    public String visitDescribe(Statement.Describe s) {
      return "DESCRIBE " + Names.identifier(s.name()) + extended(s.extended());
    }

    @Override
    public String visitDescribeAll(Statement.DescribeAll s) {
      return "DESCRIBE " + s.kind() + "S" + extended(s.extended());
    }

    @Override
    public String visitDescribeFunction(Statement.DescribeFunction s) {
      return "DESCRIBE FUNCTION " + Names.identifier(s.name());
    }

    @Override
    public String visitExplain(Statement.Explain s) {
      return "EXPLAIN \n"
          + s.queryId()
              .map(Names::identifier)
              .orElseGet(() -> withoutSemicolon(s.statement().orElseThrow()));
    }

    @Override
    public String visitAssertTopic(Statement.AssertTopic s) {
      return "ASSERT "
          + option("NOT EXISTS ", !s.exists())
          + "TOPIC "
          + Names.resource(s.topic())
          + with(s.with())
          + timeout(s.timeout());
    }

    @Override
    public String visitQueryStatement(Statement.QueryStatement s) {
      return QueryPrinter.print(s.query());
    }

    @Override
    public String visitPrintTopic(Statement.PrintTopic s) {
      return "PRINT "
          + Names.resource(s.topic())
          + option(" FROM BEGINNING", s.fromBeginning())
          + number(" INTERVAL ", s.interval())
          + number(" LIMIT ", s.limit());
    }

    @Override
    public String visitShowConnectors(Statement.ShowConnectors s) {
      return switch (s.scope()) {
        case ALL -> "SHOW CONNECTORS";
        case SOURCE -> "SHOW SOURCE CONNECTORS";
        case SINK -> "SHOW SINK CONNECTORS";
      };
    }

    @Override
    public String visitShowConnectorPlugins(Statement.ShowConnectorPlugins s) {
      return "SHOW CONNECTOR PLUGINS";
    }

    @Override
    public String visitDescribeConnector(Statement.DescribeConnector s) {
      return "DESCRIBE CONNECTOR " + Names.identifier(s.name());
    }

    @Override
    public String visitCreateConnector(Statement.CreateConnector s) {
      return (s.sink() ? "CREATE SINK CONNECTOR" : "CREATE SOURCE CONNECTOR")
          + ifNotExists(s.ifNotExists())
          + Names.identifier(s.name())
          + " WITH ("
          + properties(s.with())
          + ")";
    }

    @Override
    public String visitDropConnector(Statement.DropConnector s) {
      return "DROP CONNECTOR" + ifExists(s.ifExists()) + Names.identifier(s.name());
    }

    @Override
    public String visitAlterSystem(Statement.AlterSystem s) {
      return "ALTER SYSTEM " + Names.string(s.name()) + "=" + Names.string(s.value());
    }

    @Override
    public String visitAssertSchema(Statement.AssertSchema s) {
      return "ASSERT "
          + option("NOT EXISTS ", !s.exists())
          + "SCHEMA"
          + s.subject().map(subject -> " SUBJECT " + Names.resource(subject)).orElse("")
          + number(" ID ", s.id())
          + timeout(s.timeout());
    }
  }

  // -------------------------------------------------------------------------- sources and rows

  private static String createSource(Statement.CreateSource s) {
    String columns =
        s.columns().isEmpty()
            ? ""
            : s.columns().stream().map(StatementPrinter::column).collect(joining(", ", " (", ")"));
    return "CREATE "
        + option("OR REPLACE ", s.orReplace())
        + option("SOURCE ", s.source())
        + s.kind()
        + ifNotExists(s.ifNotExists())
        + Names.identifier(s.name())
        + columns
        + with(s.with());
  }

  private static String column(ColumnDefinition column) {
    String role =
        switch (column.role()) {
          case VALUE -> "";
          case KEY -> " KEY";
          case PRIMARY_KEY -> " PRIMARY KEY";
          case HEADERS -> " HEADERS";
          case HEADER -> " HEADER(" + Names.string(column.headerName().orElseThrow()) + ")";
        };
    return Names.identifier(column.name()) + " " + TypePrinter.print(column.type()) + role;
  }

  private static String createAsSelect(Statement.CreateAsSelect s) {
    return "CREATE "
        + option("OR REPLACE ", s.orReplace())
        + s.kind()
        + ifNotExists(s.ifNotExists())
        + Names.identifier(s.name())
        + with(s.with())
        + " AS "
        + QueryPrinter.print(s.query());
  }

  private static String insertValues(Statement.InsertValues s) {
    return "INSERT INTO %s %sVALUES (%s)"
        .formatted(
            Names.identifier(s.target()),
            columnNames(s.columns().stream().map(Names::identifier).toList()),
            s.values().stream().map(ExpressionPrinter::print).collect(joining(", ")));
  }

  private static String columnNames(List<String> written) {
    return written.isEmpty() ? "" : "(" + String.join(", ", written) + ") ";
  }

  private static String alterSource(Statement.AlterSource s) {
    return "ALTER "
        + s.kind()
        + " "
        + Names.identifier(s.name())
        + s.addedColumns().stream()
            .map(column -> "\nADD COLUMN " + column(column))
            .collect(joining(","));
  }

  // ------------------------------------------------------------------------------------- parts

  private static String with(Map<String, Expression> properties) {
    return properties.isEmpty() ? "" : " WITH (" + properties(properties) + ")";
  }

  private static String properties(Map<String, Expression> properties) {
    return new TreeMap<>(properties)
        .entrySet().stream()
            .map(p -> propertyName(p.getKey()) + "=" + ExpressionPrinter.print(p.getValue()))
            .collect(joining(", "));
  }

  private static String propertyName(String name) {
    return Names.identifier(name).equals(name) ? name : Names.string(name);
  }

  private static String timeout(Optional<Duration> timeout) {
    return timeout.map(t -> " TIMEOUT " + t.toMillis() + " " + TimeUnit.MILLISECONDS).orElse("");
  }

  private static String plural(ShowKind kind) {
    return kind.name().replace('_', ' ');
  }

  private static String queryOrAll(Optional<String> queryId) {
    return queryId.map(Names::identifier).orElse("ALL");
  }

  private static String ifExists(boolean ifExists) {
    return ifExists ? " IF EXISTS " : " ";
  }

  private static String ifNotExists(boolean ifNotExists) {
    return ifNotExists ? " IF NOT EXISTS " : " ";
  }

  private static String extended(boolean extended) {
    return option(" EXTENDED", extended);
  }

  private static String option(String words, boolean written) {
    return written ? words : "";
  }

  private static String number(String words, OptionalInt number) {
    return number.isPresent() ? words + number.getAsInt() : "";
  }
}
