package dev.flagstream.engine.function.builtin;

import static dev.flagstream.engine.function.builtin.Aggregation.call;
import static dev.flagstream.engine.function.builtin.Aggregation.constant;
import static dev.flagstream.engine.type.SqlType.BIGINT;
import static dev.flagstream.engine.type.SqlType.BOOLEAN;
import static dev.flagstream.engine.type.SqlType.DOUBLE;
import static dev.flagstream.engine.type.SqlType.INTEGER;
import static dev.flagstream.engine.type.SqlType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class AggregateFunctionsTest {

  private static final SqlType MONEY = new SqlType.Decimal(10, 2);

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  @Test
  void countCountsRowsOrValuesThatAreNotNull() {
    assertThat(call("COUNT").row().row().result()).isEqualTo(2L);
    assertThat(call("COUNT", STRING).over("a", null, "b").result()).isEqualTo(2L);
    assertThat(call("COUNT").row().row().undo().result()).isEqualTo(1L);
    assertThat(call("COUNT", STRING).over("a", null).undo((Object) null).result()).isEqualTo(1L);
    assertThat(call("COUNT").function().parameterTypes()).isEmpty();
  }

  @Test
  void sumKeepsTheTypeOfItsColumnAndIsExactForDecimals() {
    assertThat(call("SUM", INTEGER).over(1, null, 2).result()).isEqualTo(3);
    assertThat(call("SUM", BIGINT).over(1L, 2L).undo(1L).result()).isEqualTo(2L);
    assertThat(call("SUM", DOUBLE).over(0.5, 0.25).result()).isEqualTo(0.75);
    Aggregation sum = call("SUM", MONEY).over(money("0.10"), null, money("0.20"));
    assertThat(sum.result()).isEqualTo(money("0.30"));
    assertThat(sum.function().returnType()).isEqualTo(MONEY);
    assertThat(sum.function().aggregateType()).isEqualTo(MONEY);
  }

  @Test
  void sumOfNoDecimalsIsZeroWithoutPlaces() {
    assertThat(call("SUM", MONEY).result()).isEqualTo(money("0"));
  }

  @Test
  void sumTakesNoText() {
    assertThatThrownBy(() -> call("SUM", STRING))
        .isInstanceOf(FunctionException.class)
        .hasMessage(
            """
            Function 'SUM' does not accept parameters (STRING).
            Valid alternatives are:
            SUM(DECIMAL val1)
            SUM(DOUBLE val1)
            SUM(INT val1)
            SUM(BIGINT val1)
            For detailed information on a function run: DESCRIBE FUNCTION <Function-Name>;""");
  }

  @Test
  void minAndMaxLeaveNullsOutAndTakeEveryOrderedType() {
    assertThat(call("MIN", INTEGER).over(null, 3, 1, 2).result()).isEqualTo(1);
    assertThat(call("MAX", MONEY).over(money("1.50"), money("2.50")).result())
        .isEqualTo(money("2.50"));
    assertThat(call("MAX", STRING).over("b", "a").result()).isEqualTo("b");
    assertThat(call("MAX", DOUBLE).result()).isNull();
    assertThatThrownBy(() -> call("MAX", BOOLEAN)).isInstanceOf(FunctionException.class);
  }

  @Test
  void argumentsAreNotWidened() {
    assertThatThrownBy(() -> call("AVG", MONEY))
        .isInstanceOf(FunctionException.class)
        .hasMessageContaining("Function 'avg' does not accept parameters (DECIMAL(10, 2)).");
    assertThatThrownBy(() -> call("CORRELATION", INTEGER, BIGINT))
        .hasMessageContaining("does not accept parameters (INTEGER, BIGINT).");
  }

  @Test
  void avgDividesTheSumAsDouble() {
    assertThat(call("AVG", INTEGER).over(1, 2, 2, null).result()).isEqualTo(1.6666666666666667);
    assertThat(call("AVG", DOUBLE).over(0.5, 1.5).result()).isEqualTo(1.0);
    assertThat(call("AVG", BIGINT).result()).isEqualTo(0.0);
    assertThat(call("AVG", BIGINT).over(1L, 2L).undo(1L).over(4L).result()).isEqualTo(3.0);
    assertThat(call("AVG", INTEGER).function().aggregateType())
        .hasToString("STRUCT<`SUM` INTEGER, `COUNT` BIGINT>");
  }

  @Test
  void onlySomeWorkOnTables() {
    List<String> names =
        SqlExpression.FUNCTIONS.descriptions().stream()
            .filter(description -> description.kind() == Kind.AGGREGATE)
            .map(FunctionDescription::name)
            .toList();
    assertThat(names)
        .containsExactly(
            "ATTR",
            "AVG",
            "COLLECT_LIST",
            "COLLECT_SET",
            "CORRELATION",
            "COUNT",
            "COUNT_DISTINCT",
            "EARLIEST_BY_OFFSET",
            "HISTOGRAM",
            "LATEST_BY_OFFSET",
            "MAX",
            "MIN",
            "STDDEV_SAMP",
            "STDDEV_SAMPLE",
            "SUM",
            "SUM_LIST",
            "TOPK",
            "TOPKDISTINCT");
    for (String name : List.of("AVG", "COUNT", "SUM", "STDDEV_SAMPLE")) {
      assertThat(call(name, INTEGER).function().supportsUndo()).as(name).isTrue();
    }
    for (String name : List.of("MIN", "MAX", "COLLECT_SET", "LATEST_BY_OFFSET")) {
      assertThat(call(name, INTEGER).function().supportsUndo()).as(name).isFalse();
    }
  }

  @Test
  void latestByOffsetTakesTheLastValueThatIsNotNull() {
    assertThat(call("LATEST_BY_OFFSET", INTEGER).over(12, 13, null).result()).isEqualTo(13);
    assertThat(latest(constant(false)).over(12, null).result()).isNull();
    assertThat(latest(constant(2)).over(1, 2, null, 3).result()).isEqualTo(List.of(2, 3));
    assertThat(latest(constant(2), constant(false)).over(1, 2, null).result())
        .isEqualTo(Arrays.asList(2, null));
  }

  private static Aggregation latest(Argument.Constant... constants) {
    return call("LATEST_BY_OFFSET", List.of(INTEGER), List.of(constants));
  }

  @Test
  void earliestByOffsetTakesTheFirstValueThatIsNotNull() {
    assertThat(call("EARLIEST_BY_OFFSET", INTEGER).over(null, 12, 13).result()).isEqualTo(12);
    assertThat(earliest(constant(false)).over(null, 12).result()).isNull();
    assertThat(earliest(constant(2)).over(1, null, 2, 3).result()).isEqualTo(List.of(1, 2));
  }

  private static Aggregation earliest(Argument.Constant... constants) {
    return call("EARLIEST_BY_OFFSET", List.of(INTEGER), List.of(constants));
  }

  @Test
  void mergedSessionsKeepTheOrderTheirRowsCameIn() {
    Aggregation before = latest(constant(2)).over(1);
    Aggregation between = latest(constant(2)).over(2);
    before.over(3);
    assertThat(between.mergedWith(before).result()).isEqualTo(List.of(2, 3));
    assertThat(call("LATEST_BY_OFFSET", INTEGER).mergedWith(latestOf(7)).result()).isEqualTo(7);
    assertThat(latestOf(7).mergedWith(latestOf(8)).result()).isEqualTo(8);
  }

  private static Aggregation latestOf(int value) {
    return call("LATEST_BY_OFFSET", INTEGER).over(value);
  }

  @Test
  void deviationsOfWholeNumbersSumThemInTheirTypeAsKsqlDbDoes() {
    assertThat(call("STDDEV_SAMP", INTEGER).over(0, Integer.MAX_VALUE, 1).result())
        .isEqualTo(1.53722867280912922E18);
    assertThat(call("STDDEV_SAMPLE", INTEGER).over(-1, 7, 42, Integer.MAX_VALUE).result())
        .isEqualTo(1789569698.1666667);
    assertThat(call("STDDEV_SAMP", BIGINT).over(Long.MAX_VALUE, Long.MIN_VALUE).result())
        .isEqualTo(0.5);
    assertThat(call("STDDEV_SAMP", DOUBLE).over(1.5, 2.5).result()).isEqualTo(0.5);
  }

  @Test
  void topOfANegativeNumberKeepsAll() {
    assertThat(top("TOPK", -1).over(1, 3, 3, 2).result()).isEqualTo(List.of(3, 3, 2, 1));
    assertThat(top("TOPKDISTINCT", -1).over(1, 3, 3).result()).isEqualTo(List.of(3, 1));
  }

  @Test
  void byOffsetRefusesWhatIsNoConstantAndLessThanOneValue() {
    List<Argument> column =
        List.of(new Argument.Value(INTEGER, "F0"), new Argument.Value(INTEGER, "F0"));
    assertThatThrownBy(() -> SqlExpression.FUNCTIONS.aggregate("earliest_by_offset", column))
        .hasMessage(
            "Parameter 2 passed to function EARLIEST_BY_OFFSET must be a literal constant,"
                + " but was expression: 'F0'");
    assertThatThrownBy(() -> latest(constant(0)))
        .hasMessageContaining("LATEST_BY_OFFSET must keep 1 value or more, not 0");
  }

  @Test
  void collectListKeepsEverythingUpToTheLimitOfTheSettings() {
    assertThat(call("COLLECT_LIST", STRING).over("a", null, "a").result())
        .isEqualTo(Arrays.asList("a", null, "a"));
    assertThat(call("COLLECT_LIST", STRING).over("a", "b", "a").undo("a").result())
        .isEqualTo(List.of("a", "b"));
    Map<String, ?> limited = Map.of("ksql.functions.collect_list.limit", "2");
    assertThat(call("COLLECT_LIST", List.of(INTEGER), List.of(), limited).over(1, 2, 3).result())
        .isEqualTo(List.of(1, 2));
  }

  @Test
  void anImpossibleLimitNamesItsKey() {
    Map<String, ?> settings = Map.of("ksql.functions.collect_list.limit", "many");
    assertThatThrownBy(() -> call("COLLECT_LIST", List.of(INTEGER), List.of(), settings))
        .hasMessage("ksql.functions.collect_list.limit must be a whole number, not 'many'");
  }

  @Test
  void collectSetKeepsDistinctValuesInOrder() {
    assertThat(call("COLLECT_SET", INTEGER).over(3, null, 1, 3, null).result())
        .isEqualTo(Arrays.asList(3, null, 1));
  }

  @Test
  void topKKeepsTheLargestValues() {
    assertThat(top("TOPK", 3).over(0, 100, 99, 7, null, 100).result())
        .isEqualTo(List.of(100, 100, 99));
    assertThat(top("TOPKDISTINCT", 3).over(0, 100, 99, 7, 100).result())
        .isEqualTo(List.of(100, 99, 7));
    assertThat(top("TOPK", 2).over(1, 5).mergedWith(top("TOPK", 2).over(3)).result())
        .isEqualTo(List.of(5, 3));
  }

  private static Aggregation top(String name, int k) {
    return call(name, List.of(INTEGER), List.of(constant(k)));
  }

  @Test
  void topKWithFurtherColumnsGivesStructs() {
    Aggregation top =
        call("TOPK", List.of(INTEGER, STRING), List.of(constant(2)))
            .row(0, "zero")
            .row(100, "one")
            .row(null, "three")
            .row(100, null);
    assertThat(top.function().returnType())
        .hasToString("ARRAY<STRUCT<`sort_col` INTEGER, `col0` STRING>>");
    List<?> rows = (List<?>) top.result();
    assertThat(rows)
        .extracting(row -> ((Struct) row).get("sort_col"), row -> ((Struct) row).get("col0"))
        .containsExactly(tuple(100, "one"), tuple(100, null));
  }

  @Test
  void histogramCountsStringsAndNullAsOne() {
    assertThat(call("HISTOGRAM", STRING).over("baz", "foo", "baz", null).undo("foo").result())
        .isEqualTo(Map.of("baz", 2L, "null", 1L));
  }

  @Test
  void deviationIsThatOfASample() {
    Aggregation deviation = call("STDDEV_SAMPLE", DOUBLE).over(10.0);
    assertThat(deviation.result()).isEqualTo(0.0);
    assertThat(deviation.over(12.0).result()).isEqualTo(1.4142135623730951);
    assertThat(deviation.over(13.0).result()).isEqualTo(1.5275252316519465);
    assertThat(deviation.over(14.0, 16.0).result()).isEqualTo(2.23606797749979);
    assertThat(deviation.undo(16.0).result()).isEqualTo(1.707825127659933);
  }

  @Test
  void samplesMergeAsIfTheyHadBeenOne() {
    Aggregation one = call("STDDEV_SAMP", DOUBLE).over(10.0, 12.0);
    Aggregation other = call("STDDEV_SAMP", DOUBLE).over(13.0, 14.0, 16.0);
    assertThat((Double) one.mergedWith(other).result()).isCloseTo(5.0, within(1e-12));
  }

  @Test
  void correlationNeedsColumnsThatVary() {
    Aggregation correlation = call("CORRELATION", DOUBLE, DOUBLE).row(1.5, 8.0);
    assertThat(correlation.result()).isEqualTo(Double.NaN);
    assertThat(correlation.row(-3.5, -2.0).row(null, 1.0).result()).isEqualTo(1.0);
    correlation.undo(1.5, 8.0).row(-1.0, -2.0);
    assertThat(correlation.result()).isEqualTo(Double.NaN);
    assertThat(correlation.row(-4.5, -1.0).result()).isEqualTo(-0.7205766921228921);
  }

  @Test
  void sumListAddsTheElementsOfArrays() {
    SqlType array = new SqlType.Array(INTEGER);
    assertThat(call("SUM_LIST", array).over(List.of(1, 1), null, Arrays.asList(2, null)).result())
        .isEqualTo(4);
    assertThat(call("SUM_LIST", array).over(List.of(1, 2)).undo(List.of(2)).result()).isEqualTo(1);
    assertThatThrownBy(() -> call("SUM_LIST", new SqlType.Array(MONEY)))
        .isInstanceOf(FunctionException.class);
  }

  @Test
  void attrIsTheValueAllRowsShare() {
    assertThat(call("ATTR", STRING).over("a", "a").result()).isEqualTo("a");
    assertThat(call("ATTR", STRING).over("a", "b").result()).isNull();
    assertThat(call("ATTR", STRING).over("a", "b").undo("b").result()).isEqualTo("a");
  }

  @Test
  void countDistinctIsExactForFewAndCloseForMany() {
    assertThat(call("COUNT_DISTINCT", STRING).over("a", "b", "a", null).result()).isEqualTo(2L);
    Aggregation many = call("COUNT_DISTINCT", BIGINT);
    for (long value = 0; value < 20_000; value++) {
      many.row(value);
    }
    assertThat((Long) many.result()).isBetween(19_200L, 20_800L);
    Aggregation others = call("COUNT_DISTINCT", BIGINT).over(1L, 2L, 30_000L);
    assertThat(call("COUNT_DISTINCT", BIGINT).over(1L).mergedWith(others).result()).isEqualTo(3L);
  }
}
