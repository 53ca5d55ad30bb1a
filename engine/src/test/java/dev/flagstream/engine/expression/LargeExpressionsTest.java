package dev.flagstream.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.function.builtin.SqlExpression;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expressions that programs write: long, and not deep. */
class LargeExpressionsTest {

  private static String repeated(int count, String separator, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
  }

  private static Object value(String sql) {
    return SqlExpression.of(sql).value();
  }

  @Test
  void inTakesTensOfThousandsOfConstants() {
    String cards = repeated(30_000, ", ", i -> "'card " + i + "'");

    assertThat(value("'card 29999' IN (" + cards + ")")).isEqualTo(true);
    assertThat(value("'card 30000' IN (" + cards + ")")).isEqualTo(false);
    assertThat(value("CAST(NULL AS STRING) IN (NULL, " + cards + ")")).isEqualTo(false);
    assertThat(value("'card 30000' NOT IN (" + cards + ")")).isEqualTo(true);
  }

  @Test
  void conditionsMayHaveHundredsOfParts() {
    assertThat(value(repeated(500, " OR ", i -> "7 = " + (i - 492)))).isEqualTo(true);
    assertThat(value(repeated(500, " AND ", i -> "7 <> " + i))).isEqualTo(false);
  }

  @Test
  void caseMayHaveThousandsOfBranches() {
    String branches =
        repeated(3_000, " ", i -> "WHEN 2 * " + i + " = 4000 THEN 'row ' + '" + i + "'");

    assertThat(value("CASE " + branches + " END")).isEqualTo("row 2000");
    assertThat(value("CASE " + branches.replace("4000", "4001") + " END")).isNull();
    assertThat(value("CASE " + branches.replace("4000", "4001") + " ELSE 'none' END"))
        .isEqualTo("none");
  }

  @Test
  void thousandsOfExpressionsAreComputedInTheirOrder() {
    List<Column> columns =
        IntStream.range(0, 3_000).mapToObj(i -> Column.value("C" + i, SqlType.INTEGER)).toList();
    List<TypedExpression> expressions =
        columns.stream()
            .map(
                column ->
                    (TypedExpression)
                        new TypedExpression.Negate(
                            new TypedExpression.ColumnReference(column.name(), column.type())))
            .toList();

    Object[] values =
        new ExpressionCompiler(Map.of())
            .compile(expressions, new RowSchema(List.of(), columns), (expression, error) -> {})
            .evaluate(new Object[0], IntStream.range(0, 3_000).boxed().toArray());

    assertThat(values).isEqualTo(IntStream.range(0, 3_000).map(i -> -i).boxed().toArray());
  }

  @Test
  void structsInOneArrayMayHaveDifferentFieldsButNotHundredsOfThousandsTogether() {
    IntFunction<String> struct = i -> "STRUCT(f" + i + " := " + i + ")";

    assertThat((List<?>) value("ARRAY[" + repeated(100, ", ", struct) + "]")).hasSize(100);
    assertThatThrownBy(() -> value("ARRAY[" + repeated(3_000, ", ", struct) + "]"))
        .isInstanceOf(SqlException.class)
        .hasMessage(
            "Structs of different fields get the fields of all of them: more than 20000 of these"
                + " would be NULL.");
  }

  @Test
  void variadicFunctionsTakeMoreArgumentsThanMethodsOfJava() {
    assertThat((String) value("CONCAT(" + repeated(600, ", ", i -> "'x'") + ")")).hasSize(600);
  }

  /** With what is inside analyzed twice at each level, this would take years. */
  @Test
  void whatIsNestedIsAnalyzedOnce() {
    String lambdas = "1";
    String arrays = "1";
    for (int depth = 0; depth < 40; depth++) {
      lambdas = "ARRAY_LENGTH(TRANSFORM(ARRAY[" + lambdas + "], x => x + 1))";
      arrays = "ARRAY_LENGTH(ARRAY[" + arrays + "])";
    }
    assertThat(value(lambdas)).isEqualTo(1);
    assertThat(value(arrays)).isEqualTo(1);
  }

  @Test
  void whatNoClassCanHoldIsRefused() {
    String array = "ARRAY[" + repeated(30_000, ", ", i -> "'x' + '" + i + "'") + "]";

    assertThatThrownBy(() -> value(array))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("too large to be compiled");
  }

  /** The compiler of Java needs its stack for what is nested. */
  @Test
  void operatorsStandInEachOtherAsDeepAsTheParserLetsThem() {
    assertThat(value("1" + " + 1".repeat(500))).isEqualTo(501);
    assertThat(value("- ".repeat(500) + "7")).isEqualTo(7);
    assertThat(value("NOT ".repeat(500) + "TRUE")).isEqualTo(true);
  }
}
