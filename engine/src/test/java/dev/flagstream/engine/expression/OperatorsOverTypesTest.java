package dev.flagstream.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.catalog.InMemoryCatalog;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.property.ValueOfType;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ConnectSchemas;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operator, constructor and predicate over every pair of types, each written as a column, as
 * a constant and as something computed: it is either refused in the user's words, or it compiles
 * and gives values of the type it says, whatever in the row is NULL.
 */
class OperatorsOverTypesTest {

  private static final FunctionCatalog FUNCTIONS = FunctionLoader.builtIn();
  private static final int EXPRESSIONS_A_CLASS = 100;

  private static final SqlType.Struct STRUCT =
      new SqlType.Struct(List.of(new SqlType.Field("A", SqlType.INTEGER)));

  /** A type: a column's name, a value of it, and ways to write others. */
  private record Operand(SqlType type, String column, Object value, List<String> texts) {
    static Operand of(SqlType type, String column, Object value, String... others) {
      List<String> texts = new ArrayList<>();
      texts.add(column);
      texts.addAll(List.of(others));
      return new Operand(type, column, value, texts);
    }
  }

  private static final List<Operand> OPERANDS =
      List.of(
          Operand.of(SqlType.INTEGER, "I", 7, "3", "(I + 1)", "ARRAY[I][1]"),
          Operand.of(SqlType.BIGINT, "L", 7L, "3000000000", "(L - 1)", "ARRAY[L][1]"),
          Operand.of(
              new SqlType.Decimal(5, 2), "N", new BigDecimal("7.25"), "1.5", "(N * N)", "(-N)"),
          Operand.of(SqlType.DOUBLE, "D", 7.5, "1.5E0", "(D / 2)", "ARRAY[D][1]"),
          Operand.of(SqlType.BOOLEAN, "B", true, "FALSE", "(I > 3)", "ARRAY[B][1]"),
          Operand.of(SqlType.STRING, "S", "7", "'2'", "'2026-01-02'", "(S + S)"),
          Operand.of(
              SqlType.BYTES, "Y", ByteBuffer.wrap(new byte[] {1, 2}), "TO_BYTES('a','utf8')"),
          Operand.of(SqlType.TIME, "M", new Time(1000), "CAST('10:00:00' AS TIME)"),
          Operand.of(SqlType.DATE, "E", new Date(86_400_000L), "CAST('2026-01-02' AS DATE)"),
          Operand.of(
              SqlType.TIMESTAMP, "T", new Timestamp(5), "CAST('2026-01-02T10:00:00' AS TIMESTAMP)"),
          Operand.of(new SqlType.Array(SqlType.INTEGER), "A", List.of(1, 2), "ARRAY[1, NULL]"),
          Operand.of(
              new SqlType.Map(SqlType.STRING, SqlType.INTEGER), "P", Map.of("k", 1), "MAP('k':=2)"),
          Operand.of(STRUCT, "R", new Struct(ConnectSchemas.of(STRUCT)), "STRUCT(A:=1)"),
          new Operand(null, "NULL", null, List.of("NULL")));

  private static final RowSchema SCHEMA =
      new RowSchema(
          List.of(),
          OPERANDS.stream()
              .filter(operand -> operand.type() != null)
              .map(operand -> Column.value(operand.column(), operand.type()))
              .toList());

  private static final Object[] FULL =
      OPERANDS.stream().filter(o -> o.type() != null).map(Operand::value).toArray();
  private static final Object[] EMPTY = new Object[FULL.length];

  private static final List<String> BINARY =
      List.of(
          "%s + %s",
          "%s - %s",
          "%s * %s",
          "%s / %s",
          "%s %% %s",
          "%s || %s",
          "%s = %s",
          "%s <> %s",
          "%s < %s",
          "%s <= %s",
          "%s > %s",
          "%s >= %s",
          "%s IS DISTINCT FROM %s",
          "%s IS NOT DISTINCT FROM %s",
          "%s AND %s",
          "%s OR NOT %s",
          "%s LIKE %s",
          "%1$s BETWEEN %2$s AND %2$s",
          "%1$s NOT BETWEEN %2$s AND %1$s",
          "%1$s IN (%2$s, %1$s)",
          "%s NOT IN (%s)",
          "CASE WHEN %1$s THEN %2$s END",
          "CASE WHEN I > 0 THEN %s ELSE %s END",
          "CASE %s WHEN %s THEN 'x' ELSE NULL END",
          "CASE WHEN I > 0 THEN NULL WHEN B THEN %s ELSE %s END",
          "ARRAY[%s, %s]",
          "ARRAY[NULL, %s, %s]",
          "ARRAY[ARRAY[%s], ARRAY[%s]]",
          "MAP(%1$s := %2$s)",
          "MAP('a' := %s, 'b' := %s)",
          "STRUCT(X := %s, Z := %s)",
          "STRUCT(X := %s) = STRUCT(X := %s)",
          "ARRAY[STRUCT(X := %s), STRUCT(X := %s)]",
          "%s[%s]",
          "ARRAY[%s][%s]",
          "MAP(%1$s := 1)[%2$s]",
          "COALESCE(%s, %s)",
          "IFNULL(%s, %s)",
          "NULLIF(%s, %s)",
          "GREATEST(%s, %s)",
          "CONCAT(%s, %s)",
          "ARRAY_CONTAINS(ARRAY[%s], %s)",
          "TRANSFORM(ARRAY[%1$s], x => x = %2$s)",
          "TRANSFORM(ARRAY[%1$s], x => CASE WHEN x IS NULL THEN %2$s ELSE %2$s END)",
          "REDUCE(ARRAY[%1$s], %2$s, (s, x) => s)",
          "FILTER(MAP('a' := %1$s), (k, v) => v IS DISTINCT FROM %2$s)");

  private static final List<String> UNARY =
      List.of(
          "-%s",
          "+%s",
          "NOT %s",
          "%s IS NULL",
          "%s IS NOT NULL",
          "%s->A",
          "ARRAY[%s]",
          "AS_VALUE(%s)",
          "TRANSFORM(ARRAY[%s], x => -x)");

  private static final List<String> TYPES =
      List.of(
          "INTEGER",
          "BIGINT",
          "DECIMAL(4, 1)",
          "DOUBLE",
          "BOOLEAN",
          "STRING",
          "BYTES",
          "TIME",
          "DATE",
          "TIMESTAMP",
          "ARRAY<BIGINT>",
          "ARRAY<STRING>",
          "MAP<STRING, DOUBLE>",
          "STRUCT<A BIGINT, Z STRING>");

  @TestFactory
  Stream<DynamicTest> pairsOfTypes() {
    return BINARY.stream()
        .map(
            form ->
                dynamicTest(
                    form,
                    () -> {
                      List<String> all = new ArrayList<>();
                      for (Operand left : OPERANDS) {
                        for (Operand right : OPERANDS) {
                          all.addAll(combinations(form, left, right));
                        }
                      }
                      check(all);
                    }));
  }

  private static List<String> combinations(String form, Operand left, Operand right) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < left.texts().size(); i++) {
      for (int j = 0; j < right.texts().size(); j++) {
        // A column with everything, and like with like.
        if (i == 0 || j == 0 || i == j) {
          all.add(form.formatted(left.texts().get(i), right.texts().get(j)));
        }
      }
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> singleTypesAndCasts() {
    Stream<String> casts = TYPES.stream().map(type -> "CAST(%s AS " + type + ")");
    return Stream.concat(UNARY.stream(), casts)
        .map(
            form ->
                dynamicTest(
                    form,
                    () ->
                        check(
                            OPERANDS.stream()
                                .flatMap(operand -> operand.texts().stream())
                                .map(form::formatted)
                                .toList())));
  }

  private static void check(List<String> expressions) {
    List<String> sqls = new ArrayList<>();
    List<TypedExpression> accepted = new ArrayList<>();
    for (String sql : expressions) {
      meaning(sql)
          .ifPresent(
              typed -> {
                sqls.add(sql);
                accepted.add(typed);
              });
    }
    for (int i = 0; i < accepted.size(); i += EXPRESSIONS_A_CLASS) {
      int end = Math.min(i + EXPRESSIONS_A_CLASS, accepted.size());
      evaluate(sqls.subList(i, end), accepted.subList(i, end));
    }
  }

  /** Empty if it is refused, which must be said clearly. */
  private static Optional<TypedExpression> meaning(String sql) {
    try {
      return Optional.of(
          new ExpressionAnalyzer(
                  FUNCTIONS,
                  new TypeResolver(new InMemoryCatalog()),
                  OperatorsOverTypesTest::resolve)
              .analyze(parse(sql)));
    } catch (SqlException e) {
      assertThat(e.getMessage()).as(sql).isNotBlank().doesNotContain("java.", "dev.");
      return Optional.empty();
    } catch (RuntimeException e) {
      throw new AssertionError("internal error for " + sql, e);
    }
  }

  private static Optional<TypedExpression> resolve(Expression node) {
    return node instanceof Expression.ColumnName column
        ? SCHEMA.find(column.name()).map(c -> new ColumnReference(c.name(), c.type()))
        : Optional.empty();
  }

  private static Expression parse(String sql) {
    QueryStatement statement =
        (QueryStatement)
            new SqlParser().parse("SELECT " + sql + " FROM T EMIT CHANGES;").get(0).statement();
    return ((SelectItem.Single) statement.query().select().get(0)).expression();
  }

  private static void evaluate(List<String> sqls, List<TypedExpression> expressions) {
    RowEvaluator evaluator =
        new ExpressionCompiler(Map.of()).compile(expressions, SCHEMA, (sql, error) -> {});
    for (Object[] row : List.of(FULL, EMPTY)) {
      Object[] values = evaluator.evaluate(null, row);
      for (int i = 0; i < values.length; i++) {
        checkClass(sqls.get(i), values[i], expressions.get(i).knownType().orElse(null));
      }
    }
    for (int i = 0; i < expressions.size(); i++) {
      if (expressions.get(i).isOf(SqlType.BOOLEAN)) {
        checkCondition(sqls.get(i), expressions.get(i));
      }
    }
  }

  /** A condition is true where the expression is, and false where it is false or NULL. */
  private static void checkCondition(String sql, TypedExpression condition) {
    // Each is a class of its own; one in some is enough to see that they are generated alike.
    if (sql.hashCode() % 50 != 0) {
      return;
    }
    boolean truth =
        new ExpressionCompiler(Map.of())
            .compileCondition(condition, SCHEMA, (text, error) -> {})
            .test(null, FULL);
    Object value =
        new ExpressionCompiler(Map.of())
            .compile(List.of(condition), SCHEMA, (text, error) -> {})
            .evaluate(null, FULL)[0];
    assertThat(truth).as(sql).isEqualTo(Boolean.TRUE.equals(value));
  }

  private static void checkClass(String sql, Object value, SqlType type) {
    if (value == null) {
      return;
    }
    assertThat(type).as(sql).isNotNull();
    assertThat(value).as(sql).isInstanceOf(ValueOfType.classOf(type));
    if (value instanceof BigDecimal decimal) {
      SqlType.Decimal wanted = (SqlType.Decimal) type;
      if (sql.contains("GREATEST(") || sql.contains("LEAST(")) {
        // They give what they find as it came, and the type has room for all that they look at.
        assertThat(decimal.scale()).as(sql).isBetween(0, wanted.scale());
      } else {
        assertThat(decimal.scale()).as(sql).isEqualTo(wanted.scale());
      }
      assertThat(decimal.precision()).as(sql).isLessThanOrEqualTo(wanted.precision());
    }
    if (value instanceof List<?> list) {
      list.forEach(element -> checkClass(sql, element, ((SqlType.Array) type).element()));
    }
    if (value instanceof Map<?, ?> map) {
      SqlType.Map wanted = (SqlType.Map) type;
      map.keySet().forEach(key -> checkClass(sql, key, wanted.key()));
      map.values().forEach(element -> checkClass(sql, element, wanted.value()));
    }
    if (value instanceof Struct struct) {
      for (SqlType.Field field : ((SqlType.Struct) type).fields()) {
        checkClass(sql, struct.get(field.name()), field.type());
      }
    }
  }
}
