package dev.flagstream.engine.function.builtin;

import static dev.flagstream.engine.function.builtin.Aggregation.call;
import static dev.flagstream.engine.function.builtin.Aggregation.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.FunctionCatalog.Variant;
import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.type.SqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No call makes a row large, or lasts: {@link RowBudget} says how much is too much. */
class BoundedFunctionsTest {

  private static final int LONG_TEXT = 3_000;
  private static final int CALLS_OF_A_VARIANT = 12;

  /** Arguments that make as much as can be made of them, by type. */
  private static final Map<String, List<String>> GREEDY =
      Map.ofEntries(
          Map.entry("INT", List.of("2147483647", "-2147483648", "1000000")),
          Map.entry("BIGINT", List.of("9223372036854775807", "-9223372036854775808")),
          Map.entry("DOUBLE", List.of("1.7E308")),
          Map.entry("DECIMAL", List.of("CAST(9.99 AS DECIMAL(38, 2))")),
          Map.entry("BOOLEAN", List.of("TRUE")),
          Map.entry(
              "VARCHAR", List.of("LPAD('', " + LONG_TEXT + ", 'a')", "'(a*)*b'", "''", "'a'")),
          Map.entry("BYTES", List.of("LPAD(TO_BYTES('', 'utf8'), 3000, TO_BYTES('a', 'utf8'))")),
          Map.entry("ARRAY<VARCHAR>", List.of("TRANSFORM(GENERATE_SERIES(1, 3000), x => 'aaaa')")),
          Map.entry("ARRAY<T>", List.of("GENERATE_SERIES(1, 3000)")),
          Map.entry("MAP<VARCHAR, T>", List.of("MAP('a' := LPAD('', 3000, 'a'))")),
          Map.entry("T", List.of("LPAD('', 3000, 'a')")));

  @TestFactory
  Stream<DynamicTest> everyFunctionOfGreedyArguments() {
    return SqlExpression.functions().stream()
        .filter(function -> function.kind() == Kind.SCALAR)
        .map(
            function ->
                dynamicTest(
                    function.name(),
                    () -> calls(function).forEach(BoundedFunctionsTest::isRefusedOrSmall)));
  }

  /** One call for each choice of arguments, where all parameters have types that are known here. */
  private static List<String> calls(FunctionDescription function) {
    List<String> calls = new ArrayList<>();
    for (Variant variant : function.variants()) {
      List<String> texts = List.of("");
      for (int i = 0; i < variant.parameters().size(); i++) {
        List<String> longer = new ArrayList<>();
        for (String text : texts) {
          for (String argument :
              GREEDY.getOrDefault(variant.parameters().get(i).type(), List.of())) {
            longer.add(text + (i == 0 ? "" : ", ") + argument);
          }
        }
        texts = longer;
      }
      some(texts).forEach(text -> calls.add(function.name() + "(" + text + ")"));
    }
    return calls;
  }

  /** Of many combinations some, spread evenly, the first and the last among them. */
  private static List<String> some(List<String> all) {
    if (all.size() <= CALLS_OF_A_VARIANT) {
      return all;
    }
    return IntStream.range(0, CALLS_OF_A_VARIANT)
        .map(i -> i * (all.size() - 1) / (CALLS_OF_A_VARIANT - 1))
        .mapToObj(all::get)
        .toList();
  }

  private static void isRefusedOrSmall(String call) {
    try {
      long size = size(SqlExpression.of(call).value());
      assertThat(size).as(call).isLessThanOrEqualTo(RowBudget.MOST_CHARACTERS);
    } catch (SqlException e) {
      assertThat(e.getMessage()).as(call).isNotBlank();
    } catch (IllegalStateException e) {
      assertThat(e.getCause()).as(call).isInstanceOf(RuntimeException.class);
    }
  }

  private static long size(Object value) {
    if (value instanceof CharSequence text) {
      return text.length();
    }
    if (value instanceof ByteBuffer bytes) {
      return bytes.remaining();
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream().mapToLong(element -> 1 + size(element)).sum();
    }
    return value instanceof Map<?, ?> map ? size(map.keySet()) + size(map.values()) : 1;
  }

  @Test
  void whatLambdasMakeOfEachOtherIsBounded() {
    String series = "GENERATE_SERIES(1, 1000000)";
    String text = "LPAD('', 100000, 'x')";

    assertStops("TRANSFORM(" + series + ", x => " + text + ")", "takes too long or makes too much");
    assertStops(
        "REDUCE(GENERATE_SERIES(1, 99), ARRAY[1], (s, x) => ARRAY_CONCAT(s, s))",
        "ARRAY_CONCAT makes 1000000 elements at most");
    assertStops(
        "REDUCE(GENERATE_SERIES(1, 99), 'a', (s, x) => s + s)", "takes too long or makes too much");
    assertStops(
        "TRANSFORM(" + series + ", x => REDUCE(" + series + ", 0, (s, y) => s + y))",
        "takes too long or makes too much");
  }

  @Test
  void expressionsThatLookAgainAndAgainStop() {
    String text = "LPAD('', 3000, 'a')";
    String slow = "'" + ".*a".repeat(10) + "b'";

    assertStops("REGEXP_EXTRACT(" + slow + ", " + text + ")", "REGEXP_EXTRACT takes too long");
    assertStops(
        "REGEXP_EXTRACT_ALL(" + slow + ", " + text + ")", "REGEXP_EXTRACT_ALL takes too long");
    assertStops("REGEXP_REPLACE(" + text + ", " + slow + ", '')", "REGEXP_REPLACE takes too long");
    assertStops(
        "REGEXP_SPLIT_TO_ARRAY(" + text + ", " + slow + ")",
        "REGEXP_SPLIT_TO_ARRAY takes too long");
    assertStops(text + " LIKE '%a%a%a%a%a%a%a%a%a%a%b'", "LIKE takes too long");
    assertStops(
        "REGEXP_EXTRACT('(a|b)*c', LPAD('', 100000, 'ab'))", "so nested a regular expression");
  }

  @Test
  void whatLambdasLookAtIsBounded() {
    String series = "GENERATE_SERIES(1, 100000)";
    String text = "LPAD('', 100000, 'x')";
    String letters = "SPLIT(" + text + ", '')";

    assertStops(
        "TRANSFORM(ARRAY[" + text + "], x => TRANSFORM(" + series + ", y => LEN(UCASE(x))))",
        "takes too long or makes too much");
    assertStops(
        "TRANSFORM(ARRAY[" + letters + "], x => TRANSFORM(x, y => ARRAY_CONTAINS(x, 'y')))",
        "takes too long or makes too much");
    assertStops(
        "TRANSFORM(ARRAY[" + text + "], x => FILTER(" + series + ", y => x = 'x'))",
        "takes too long or makes too much");
  }

  @Test
  void whatLambdasTakeAPartOfIsNotLookedAtAsAWhole() {
    String series = "GENERATE_SERIES(1, 100000)";

    assertThat(
            SqlExpression.of(
                    "REDUCE(TRANSFORM(ARRAY["
                        + series
                        + "], x => REDUCE("
                        + series
                        + ", 0, (s, y) => x[y])), 0, (s, z) => z)")
                .value())
        .isEqualTo(100_000);
    assertThat(
            SqlExpression.of(
                    "TRANSFORM(ARRAY[STRUCT(a := "
                        + series
                        + ", b := 7)], x => REDUCE("
                        + series
                        + ", 0, (s, y) => x->b + x->a[1]))")
                .value())
        .isEqualTo(List.of(8));
  }

  @Test
  void longPatternsAndTextsThatBeginAlikeEverywhereStop() {
    String lengthy = "LPAD('', 100000, 'a')";
    String million = "LPAD('', 1000000, 'a')";

    assertStops(
        lengthy + " LIKE " + lengthy,
        "LIKE takes a pattern of 32768 characters at most, not one of");
    assertStops(
        "REGEXP_EXTRACT(" + lengthy + ", 'a')",
        "REGEXP_EXTRACT takes a pattern of 32768 characters at most, not one of 100000");
    assertStops("INSTR(" + million + ", " + lengthy + " + 'b')", "INSTR takes too long");
    assertStops("REPLACE(" + million + ", " + lengthy + " + 'b', '')", "REPLACE takes too long");
    assertStops("SPLIT(" + million + ", " + lengthy + " + 'b')", "SPLIT takes too long");
    assertThat(SqlExpression.of("INSTR(" + million + " + 'b', 'ab')").value()).isEqualTo(1_000_000);
    assertThat(SqlExpression.of("LPAD('', 10000, 'a') LIKE LPAD('', 10000, 'a')").value())
        .isEqualTo(true);
  }

  @Test
  void aRegularExpressionIsReplacedAsOftenAsItIsThere() {
    assertThat(SqlExpression.of("LEN(REGEXP_REPLACE(LPAD('', 300000, 'a'), 'a', 'bb'))").value())
        .isEqualTo(600_000);
  }

  private static void assertStops(String sql, String message) {
    SqlExpression expression = SqlExpression.of(sql);
    assertThatThrownBy(expression::value).as(sql).hasMessageContaining(message);
  }

  @Test
  void eachExpressionHasTheWholeBudget() {
    String large = "LPAD('', 16000000, 'x')";
    for (int i = 0; i < 10; i++) {
      assertThat(SqlExpression.of("LEN(" + large + ")").value()).isEqualTo(16_000_000);
    }
    assertStops(
        "ARRAY[" + String.join(", ", List.of(large, large, large, large, large)) + "]",
        "takes too long or makes too much");
  }

  @Test
  void aggregatesKeepAMillionValuesAtMost() {
    assertThatThrownBy(
            () -> call("TOPK", List.of(SqlType.INTEGER), List.of(constant(Integer.MAX_VALUE))))
        .hasMessageContaining("TOPK keeps 1000000 values at most, not 2147483647");
    assertThatThrownBy(
            () -> call("TOPKDISTINCT", List.of(SqlType.STRING), List.of(constant(1_000_001))))
        .hasMessageContaining("TOPKDISTINCT keeps 1000000 values at most, not 1000001");
    assertThatThrownBy(
            () -> call("LATEST_BY_OFFSET", List.of(SqlType.STRING), List.of(constant(1_000_001))))
        .hasMessageContaining("LATEST_BY_OFFSET keeps 1000000 values at most, not 1000001");
    assertThat(call("TOPK", List.of(SqlType.INTEGER), List.of(constant(-1))).over(3, 9, 5).result())
        .isEqualTo(List.of(9, 5, 3));
  }
}
