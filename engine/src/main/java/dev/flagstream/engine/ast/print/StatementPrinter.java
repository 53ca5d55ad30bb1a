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
 * <p>It writes what it is given: whoever wants defaults and source names in the text adds them to
 * the tree first. What is written reads back as the same tree.
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

  /** A connector's settings hold passwords; only its class is told. */
  private static Statement masked(Statement.CreateConnector s) {
    Map<String, Expression> masked = new TreeMap<>(s.with());
    masked.replaceAll(
        (name, value) ->
            name.equalsIgnoreCase("connector.class")
                ? value
                : new Expression.StringLiteral(value.at(), "[string]"));
    return new Statement.CreateConnector(s.at(), s.sink(), s.name(), s.ifNotExists(), masked);
  }

  // A pattern switch over the sealed interface would say this more safely; Java 17 has none.
  private static String withoutSemicolon(Statement statement) {
    if (statement instanceof Statement.CreateSource s) {
      return createSource(s);
    }
    if (statement instanceof Statement.CreateAsSelect s) {
      return createAsSelect(s);
    }
    if (statement instanceof Statement.InsertInto s) {
      return "INSERT INTO %s%s %s"
          .formatted(Names.identifier(s.target()), with(s.with()), QueryPrinter.print(s.query()));
    }
    if (statement instanceof Statement.InsertValues s) {
      return insertValues(s);
    }
    if (statement instanceof Statement.QueryStatement s) {
      return QueryPrinter.print(s.query());
    }
    if (statement instanceof Statement.DropSource s) {
      return "DROP "
          + s.kind()
          + ifExists(s.ifExists())
          + Names.identifier(s.name())
          + option(" DELETE TOPIC", s.deleteTopic());
    }
    if (statement instanceof Statement.AlterSource s) {
      return alterSource(s);
    }
    return aboutQueries(statement)
        .or(() -> aboutWhatIsThere(statement))
        .or(() -> aboutSettings(statement))
        .or(() -> aboutTypesAndConnectors(statement))
        .or(() -> assertion(statement))
        .orElseThrow(() -> new IllegalArgumentException("no text for " + statement));
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

  // --------------------------------------------------------------------------------- the rest

  private static Optional<String> aboutQueries(Statement statement) {
    if (statement instanceof Statement.Terminate s) {
      return Optional.of("TERMINATE " + queryOrAll(s.queryId()));
    }
    if (statement instanceof Statement.Pause s) {
      return Optional.of("PAUSE " + queryOrAll(s.queryId()));
    }
    if (statement instanceof Statement.Resume s) {
      return Optional.of("RESUME " + queryOrAll(s.queryId()));
    }
    if (statement instanceof Statement.Explain s) {
      String explained =
          s.queryId()
              .map(Names::identifier)
              .orElseGet(() -> withoutSemicolon(s.statement().orElseThrow()));
      return Optional.of("EXPLAIN \n" + explained);
    }
    if (statement instanceof Statement.PrintTopic s) {
      return Optional.of(
          "PRINT "
              + Names.resource(s.topic())
              + option(" FROM BEGINNING", s.fromBeginning())
              + number(" INTERVAL ", s.interval())
              + number(" LIMIT ", s.limit()));
    }
    return Optional.empty();
  }

  private static Optional<String> aboutWhatIsThere(Statement statement) {
    if (statement instanceof Statement.Show s) {
      return Optional.of("SHOW " + plural(s.kind()) + extended(s.extended()));
    }
    if (statement instanceof Statement.Describe s) {
      return Optional.of("DESCRIBE " + Names.identifier(s.name()) + extended(s.extended()));
    }
    if (statement instanceof Statement.DescribeAll s) {
      return Optional.of("DESCRIBE " + s.kind() + "S" + extended(s.extended()));
    }
    if (statement instanceof Statement.DescribeFunction s) {
      return Optional.of("DESCRIBE FUNCTION " + Names.identifier(s.name()));
    }
    if (statement instanceof Statement.DescribeConnector s) {
      return Optional.of("DESCRIBE CONNECTOR " + Names.identifier(s.name()));
    }
    return Optional.empty();
  }

  private static Optional<String> aboutSettings(Statement statement) {
    if (statement instanceof Statement.SetProperty s) {
      return Optional.of("SET " + Names.string(s.name()) + "=" + Names.string(s.value()));
    }
    if (statement instanceof Statement.UnsetProperty s) {
      return Optional.of("UNSET " + Names.string(s.name()));
    }
    if (statement instanceof Statement.AlterSystem s) {
      return Optional.of("ALTER SYSTEM " + Names.string(s.name()) + "=" + Names.string(s.value()));
    }
    if (statement instanceof Statement.Define s) {
      return Optional.of("DEFINE " + s.variable() + "=" + Names.string(s.value()));
    }
    if (statement instanceof Statement.Undefine s) {
      return Optional.of("UNDEFINE " + s.variable());
    }
    return Optional.empty();
  }

  private static Optional<String> aboutTypesAndConnectors(Statement statement) {
    if (statement instanceof Statement.CreateType s) {
      return Optional.of(
          "CREATE TYPE"
              + ifNotExists(s.ifNotExists())
              + Names.identifier(s.name())
              + " AS "
              + TypePrinter.print(s.type()));
    }
    if (statement instanceof Statement.DropType s) {
      return Optional.of("DROP TYPE" + ifExists(s.ifExists()) + Names.identifier(s.name()));
    }
    if (statement instanceof Statement.CreateConnector s) {
      return Optional.of(
          (s.sink() ? "CREATE SINK CONNECTOR" : "CREATE SOURCE CONNECTOR")
              + ifNotExists(s.ifNotExists())
              + Names.identifier(s.name())
              + " WITH ("
              + properties(s.with())
              + ")");
    }
    if (statement instanceof Statement.DropConnector s) {
      return Optional.of("DROP CONNECTOR" + ifExists(s.ifExists()) + Names.identifier(s.name()));
    }
    return Optional.empty();
  }

  private static Optional<String> assertion(Statement statement) {
    if (statement instanceof Statement.AssertTopic s) {
      return Optional.of(
          "ASSERT "
              + option("NOT EXISTS ", !s.exists())
              + "TOPIC "
              + Names.resource(s.topic())
              + with(s.with())
              + timeout(s.timeout()));
    }
    if (statement instanceof Statement.AssertSchema s) {
      return Optional.of(
          "ASSERT "
              + option("NOT EXISTS ", !s.exists())
              + "SCHEMA"
              + s.subject().map(subject -> " SUBJECT " + Names.resource(subject)).orElse("")
              + number(" ID ", s.id())
              + timeout(s.timeout()));
    }
    return Optional.empty();
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
