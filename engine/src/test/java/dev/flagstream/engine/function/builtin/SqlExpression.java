package dev.flagstream.engine.function.builtin;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.catalog.InMemoryCatalog;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.expression.Scope;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An expression without columns, evaluated as a query would: parsed, typed, compiled and run. */
public final class SqlExpression {

  static final FunctionCatalog FUNCTIONS = FunctionLoader.builtIn();

  private static final RowSchema NO_COLUMNS = new RowSchema(List.of(), List.of());

  private final TypedExpression meaning;

  private SqlExpression(TypedExpression meaning) {
    this.meaning = meaning;
  }

  /** The built-in functions. */
  public static List<FunctionDescription> functions() {
    return FUNCTIONS.descriptions();
  }

  /**
   * Reads an expression.
   *
   * @throws dev.flagstream.engine.SqlException if it means nothing
   */
  public static SqlExpression of(String sql) {
    ExpressionAnalyzer analyzer =
        new ExpressionAnalyzer(FUNCTIONS, new TypeResolver(new InMemoryCatalog()), Scope.EMPTY);
    return new SqlExpression(analyzer.analyze(parse(sql)));
  }

  private static Expression parse(String sql) {
    Statement statement =
        new SqlParser().parse("SELECT " + sql + " FROM T EMIT CHANGES;").get(0).statement();
    SelectItem item = ((Statement.QueryStatement) statement).query().select().get(0);
    return ((SelectItem.Single) item).expression();
  }

  /** What is compiled. */
  public TypedExpression meaning() {
    return meaning;
  }

  public Optional<SqlType> type() {
    return meaning.knownType();
  }

  /** Its value; what a function throws is thrown. */
  public Object value() {
    AtomicReference<Throwable> error = new AtomicReference<>();
    Object value =
        new ExpressionCompiler(Map.of())
            .compile(List.of(meaning), NO_COLUMNS, (expression, e) -> error.set(e))
            .evaluate(new Object[0], new Object[0])[0];
    if (error.get() != null) {
      throw new IllegalStateException(error.get().getMessage(), error.get());
    }
    return value;
  }
}
