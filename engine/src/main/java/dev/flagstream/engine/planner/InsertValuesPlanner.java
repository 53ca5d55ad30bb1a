package dev.flagstream.engine.planner;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.FunctionCall;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.ast.print.Names;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.Constants;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.Scope;
import dev.flagstream.engine.expression.StrictCoercion;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import dev.flagstream.engine.planner.query.ClauseAnalyzer;
import dev.flagstream.engine.planner.query.PseudoColumns;
import dev.flagstream.engine.planner.query.UnknownSource;
import dev.flagstream.engine.planner.refusal.Refusal;
import dev.flagstream.engine.planner.refusal.UnquotedException;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Computes the row of an INSERT INTO … VALUES. */
final class InsertValuesPlanner {

  private final Catalog catalog;
  private final ClauseAnalyzer clauses;
  private final Session session;

  InsertValuesPlanner(FunctionCatalog functions, Catalog catalog, Session session) {
    this.catalog = catalog;
    this.clauses = new ClauseAnalyzer(functions, catalog, session);
    this.session = session;
  }

  InsertedRow plan(InsertValues statement) {
    return Refusal.quoting(
        StatementPrinter.printMasked(statement),
        () -> {
          Refusal.checkWhilePreparing(() -> checkCount(statement));
          Source target = target(statement);
          List<String> names = columnNames(statement, target);
          try {
            return row(statement, names, target);
          } catch (SqlException e) {
            throw new SqlException(
                "Failed to insert values into '" + target.name() + "'. " + e.getMessage(), e);
          }
        });
  }

  private Source target(InsertValues statement) {
    String name = statement.target();
    Source target =
        catalog
            .source(name)
            .orElseThrow(
                () ->
                    new UnquotedException(
                        "Cannot insert values into an unknown stream/table: `"
                            + name
                            + "`"
                            + UnknownSource.hint(name, catalog)));
    if (target.window().isPresent()) {
      throw new UnquotedException("Cannot insert values into windowed stream/table!");
    }
    if (target.readOnly()) {
      String kind = target.kind() == SourceKind.TABLE ? "table" : "stream";
      throw new UnquotedException("Cannot insert values into read-only " + kind + ": " + name);
    }
    return target;
  }

  private static void checkCount(InsertValues statement) {
    int columns = statement.columns().size();
    if (columns > 0 && columns != statement.values().size()) {
      throw new SqlException(
          "Expected number columns and values to match: "
              + columns
              + ", "
              + statement.values().size());
    }
  }

  private InsertedRow row(InsertValues statement, List<String> names, Source target) {
    if (names.size() != statement.values().size()) {
      throw new SqlException(
          "Expected a value for each column. Expected Columns: []. Got "
              + statement.values().stream().map(ExpressionPrinter::print).toList());
    }
    Map<String, Object> values = new HashMap<>();
    OptionalLong timestampMs = OptionalLong.empty();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Expression written = statement.values().get(i);
      if (name.equals(PseudoColumn.ROWTIME.name())) {
        timestampMs = OptionalLong.of(timestampMs(written));
      } else {
        values.put(name, value(target, name, written));
      }
    }
    checkKey(target, values);
    return new InsertedRow(
        target,
        inOrder(target.schema().key(), values),
        inOrder(target.schema().value(), values),
        timestampMs);
  }

  private static List<String> columnNames(InsertValues statement, Source target) {
    if (!statement.columns().isEmpty()) {
      checkHeaders(target, statement.columns());
      return statement.columns();
    }
    List<String> all = target.schema().declared().stream().map(Column::name).toList();
    checkHeaders(target, all);
    return all;
  }

  private static void checkHeaders(Source target, List<String> names) {
    List<String> headers =
        target.schema().value().stream()
            .filter(column -> column.namespace() == Namespace.HEADERS)
            .map(Column::name)
            .filter(names::contains)
            .toList();
    if (!headers.isEmpty()) {
      throw new UnquotedException(
          "Cannot insert into HEADER columns: " + String.join(", ", headers));
    }
  }

  private static List<Object> inOrder(List<Column> columns, Map<String, Object> values) {
    return columns.stream().map(column -> values.get(column.name())).toList();
  }

  private static void checkKey(Source target, Map<String, Object> values) {
    boolean missing =
        target.schema().key().stream().anyMatch(column -> values.get(column.name()) == null);
    if (target.kind() == SourceKind.TABLE && missing) {
      throw new SqlException(
          "Value for primary key column(s) "
              + target.schema().key().stream().map(Column::name).collect(Collectors.joining(", "))
              + " is required for tables");
    }
  }

  private long timestampMs(Expression written) {
    TypedExpression typed = typed(written);
    Object value = evaluate(typed);
    if (value == null) {
      throw new SqlException(
          "ROWTIME is NULL. Leave the column out, and the record has the time of the insertion.");
    }
    if (!(value instanceof Long || value instanceof Integer)) {
      throw new SqlException(
          "Expected type BIGINT for field `ROWTIME` but got " + shown(typed.type(), value));
    }
    long timestampMs = ((Number) value).longValue();
    if (timestampMs < 0) {
      throw new SqlException(
          "Invalid timestamp: "
              + timestampMs
              + ". Timestamp should always be non-negative or null.");
    }
    return timestampMs;
  }

  /** The inserted values are computed from constants and functions of them. */
  private TypedExpression typed(Expression written) {
    ExpressionRewriter.walk(
        written,
        node -> {
          if (node instanceof ColumnName column) {
            throw new SqlException(
                "Unsupported column reference in insert value: " + ExpressionPrinter.print(column));
          }
          boolean ofRows =
              node instanceof FunctionCall call
                  && clauses
                      .functions()
                      .kindOf(call.name())
                      .filter(k -> k != Kind.SCALAR)
                      .isPresent();
          if (ofRows) {
            throw new SqlException(
                "Invalid insert value: Can't find any functions with the name '"
                    + ((FunctionCall) node).name()
                    + "'.");
          }
        });
    return clauses.analyze(written, Scope.EMPTY);
  }

  private static String shown(SqlType type, Object value) {
    return type.base() + "(" + value + ")";
  }

  private Object value(Source target, String name, Expression written) {
    if (PseudoColumns.isReserved(name)) {
      throw new SqlException("Inserting into column `" + name + "` is not allowed.");
    }
    Column column =
        target
            .schema()
            .find(name)
            .orElseThrow(
                () ->
                    new SqlException(
                        "Column name `" + name + "` does not exist." + hint(name, target)));
    TypedExpression typed = typed(written);
    Object value = evaluate(typed);
    if (value == null) {
      return null;
    }
    return StrictCoercion.coerce(typed.type(), value, column.type())
        .orElseThrow(
            () ->
                new SqlException(
                    "Expected type "
                        + column.type()
                        + " for field `"
                        + name
                        + "` but got "
                        + shown(typed.type(), value)
                        + hint(typed.type(), column.type())));
  }

  /** The form of a text that stands for a time. */
  private static String hint(SqlType from, SqlType to) {
    if (!SqlType.STRING.equals(from)) {
      return "";
    }
    return switch (to.base()) {
      case DATE -> ". Date format must be yyyy-mm-dd";
      case TIME -> ". Time format must be hh:mm:ss[.S]";
      case TIMESTAMP -> ". Timestamp format must be yyyy-mm-ddThh:mm:ss[.S]";
      default -> "";
    };
  }

  private static String hint(String name, Source target) {
    List<String> known = target.schema().columns().stream().map(Column::name).toList();
    return NearMiss.hint(NearMiss.of(name, known).map(Names::identifier));
  }

  private Object evaluate(TypedExpression typed) {
    return Constants.evaluate(typed, session.properties());
  }
}
