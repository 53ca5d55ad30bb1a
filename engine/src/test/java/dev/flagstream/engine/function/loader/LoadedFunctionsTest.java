package dev.flagstream.engine.function.loader;

import static dev.flagstream.engine.type.SqlType.BIGINT;
import static dev.flagstream.engine.type.SqlType.BOOLEAN;
import static dev.flagstream.engine.type.SqlType.BYTES;
import static dev.flagstream.engine.type.SqlType.DOUBLE;
import static dev.flagstream.engine.type.SqlType.INTEGER;
import static dev.flagstream.engine.type.SqlType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.AggregateFunction.Aggregator;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ConnectSchemas;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls of functions from a jar: which variant a call means, and what the variant is given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadedFunctionsTest {

  private static final SqlType STRUCT_A =
      new SqlType.Struct(List.of(new SqlType.Field("A", STRING)));

  private FunctionCatalog functions;

  @BeforeAll
  void compileAndLoad(@TempDir Path extensions) throws IOException {
    ExtensionJar jar = new ExtensionJar();
    SampleFunctions.SOURCES.forEach((name, source) -> jar.with("org.example." + name, source));
    jar.in(extensions, "samples.jar");
    functions = FunctionLoader.load(extensions);
  }

  private static List<Argument> values(SqlType... types) {
    return Arrays.stream(types).<Argument>map(Argument.Value::new).toList();
  }

  private ScalarFunction scalar(String name, SqlType... types) {
    return functions.scalar(name, values(types));
  }

  private static Object call(ScalarFunction function, Object... arguments) throws Throwable {
    return function.newInvoker(Map.of()).invoke(arguments);
  }

  private String variantOf(SqlType... types) throws Throwable {
    return (String) call(scalar("WHICH", types), new Object[types.length]);
  }

  @Test
  void anExactVariantWinsOverOneThatNeedsACast() throws Throwable {
    assertThat(variantOf(INTEGER, STRING)).isEqualTo("INT, VARCHAR");
    assertThat(variantOf(BIGINT, STRING)).isEqualTo("BIGINT, VARCHAR");
  }

  @Test
  void nullFitsEveryTypeAndAFixedVariantWinsOverAVariadicOne() throws Throwable {
    assertThat(variantOf(BIGINT, null)).isEqualTo("BIGINT, VARCHAR");
    assertThat(variantOf(BIGINT, BIGINT, null)).isEqualTo("BIGINT, BIGINT, VARCHAR");
    assertThat(variantOf(BIGINT, BIGINT, BIGINT, BIGINT)).isEqualTo("BIGINT, BIGINT...");
  }

  @Test
  void theParameterTypesAreThoseToCastTo() {
    assertThat(scalar("WHICH", BIGINT, INTEGER, INTEGER).parameterTypes())
        .containsExactly(BIGINT, BIGINT, BIGINT);
    assertThat(scalar("DECIMAL_PLUS", INTEGER, new SqlType.Decimal(4, 2)).parameterTypes())
        .containsExactly(new SqlType.Decimal(10, 0), new SqlType.Decimal(4, 2));
  }

  @Test
  void structsNeedTheDeclaredFields() throws Throwable {
    Struct struct = new Struct(ConnectSchemas.of(STRUCT_A)).put("A", "x");
    assertThat(call(scalar("WHICH", STRUCT_A), struct)).isEqualTo("STRUCT x");
    SqlType other = new SqlType.Struct(List.of(new SqlType.Field("B", STRING)));
    assertThatThrownBy(() -> scalar("WHICH", other))
        .hasMessageContaining("does not accept parameters (STRUCT<B STRING>)")
        .hasMessageContaining("WHICH(STRUCT<A VARCHAR> struct)");
  }

  @Test
  void aStructIsReturnedByItsSchema() throws Throwable {
    ScalarFunction function = scalar("TO_STRUCT", STRING);
    assertThat(function.returnType()).isEqualTo(STRUCT_A);
    assertThat(((Struct) call(function, "x")).get("A")).isEqualTo("x");
  }

  @Test
  void aSchemaProviderDecidesTheResultFromTheArguments() throws Throwable {
    SqlType four = new SqlType.Decimal(4, 2);
    ScalarFunction function = scalar("DECIMAL_PLUS", four, new SqlType.Decimal(5, 1));
    assertThat(function.returnType()).isEqualTo(new SqlType.Decimal(7, 2));
    assertThat(call(function, new BigDecimal("1.25"), new BigDecimal("2.0")))
        .isEqualTo(new BigDecimal("3.25"));
    // The value may have fewer places than its type, but not more.
    ScalarFunction ofFour = scalar("DECIMAL_PLUS", four, four);
    assertThat(call(ofFour, BigDecimal.ONE, BigDecimal.ONE)).isEqualTo(new BigDecimal("2"));
    assertThat(call(ofFour, BigDecimal.ONE, new BigDecimal("0.255")))
        .isEqualTo(new BigDecimal("1.26"));
    assertThat(call(ofFour, new BigDecimal("1E+1"), new BigDecimal("1E+1")))
        .isEqualTo(new BigDecimal("20.00"));
  }

  @Test
  void typeVariablesTieArgumentsAndResultTogether() throws Throwable {
    SqlType map = new SqlType.Map(STRING, new SqlType.Array(INTEGER));
    ScalarFunction function = scalar("GET_OR", map, STRING, new SqlType.Array(INTEGER));
    assertThat(function.returnType()).isEqualTo(new SqlType.Array(INTEGER));
    assertThat(call(function, Map.of("k", List.of(1)), "k", List.of(2))).isEqualTo(List.of(1));
    assertThatThrownBy(() -> scalar("GET_OR", map, STRING, BOOLEAN))
        .isInstanceOf(FunctionException.class);
  }

  @Test
  void lambdaParametersAreInferredFromTheOtherArguments() throws Throwable {
    List<Argument> untyped =
        List.of(new Argument.Value(new SqlType.Array(BIGINT)), new Argument.UntypedLambda(1));
    assertThat(functions.lambdaParameters("MAP_FIRST", untyped)).containsExactly(List.of(BIGINT));
    List<Argument> typed =
        List.of(
            new Argument.Value(new SqlType.Array(BIGINT)),
            new Argument.LambdaArgument(List.of(BIGINT), STRING));
    ScalarFunction function = functions.scalar("MAP_FIRST", typed);
    assertThat(function.returnType()).isEqualTo(STRING);
    assertThat(function.parameterTypes()).containsExactly(new SqlType.Array(BIGINT), null);
    Function<Long, String> lambda = number -> "n" + number;
    assertThat(call(function, List.of(7L), lambda)).isEqualTo("n7");
  }

  @Test
  void everyCallSiteHasItsOwnInstance() throws Throwable {
    ScalarFunction function = scalar("CALLS");
    ScalarFunction.Invoker one = function.newInvoker(Map.of());
    ScalarFunction.Invoker other = function.newInvoker(Map.of());
    one.invoke(new Object[0]);
    assertThat(one.invoke(new Object[0])).isEqualTo(2);
    assertThat(other.invoke(new Object[0])).isEqualTo(1);
  }

  @Test
  void aConfigurableGetsItsOwnAndTheGlobalSettingsWithTheirFullKeys() throws Throwable {
    Map<String, ?> properties =
        Map.of(
            "ksql.functions.settings.a", "1",
            "ksql.functions._global_.b", 2,
            "ksql.functions.settings2.c", "3",
            "bootstrap.servers", "localhost");
    Object seen = scalar("SETTINGS").newInvoker(properties).invoke(new Object[0]);
    assertThat(seen).isEqualTo("{ksql.functions._global_.b=2, ksql.functions.settings.a=1}");
  }

  @Test
  void whatAFunctionThrowsArrivesAsItIs() {
    assertThatThrownBy(() -> call(scalar("THROWS", STRING), "boom"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
  }

  @Test
  void nullForAPrimitiveParameterIsAnError() {
    assertThatThrownBy(() -> call(scalar("PRIMITIVE", DOUBLE, INTEGER), 1.0, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("Argument 2 of Primitive is null, but its Java type is int");
  }

  @Test
  void tableFunctionsGiveRows() throws Throwable {
    TableFunction function = functions.table("letters", values(STRING));
    assertThat(function.returnType()).isEqualTo(STRING);
    assertThat(function.newExploder(Map.of()).explode(new Object[] {"ab"}))
        .isEqualTo(List.of("a", "b"));
  }

  @Test
  void aggregatesKeepTheirStateAsBytes() {
    AggregateFunction function = functions.aggregate("RECENT", values(BIGINT));
    assertThat(function.aggregateType()).isEqualTo(BYTES);
    Aggregator recent = function.newAggregator(Map.of());
    Object state = recent.initialize();
    state = recent.aggregate(new Object[] {5L}, state);
    Object before = state;
    state = recent.aggregate(new Object[] {6L}, state);
    assertThat(recent.result(state)).isEqualTo(List.of(5L, 6L));
    assertThat(((ByteBuffer) before).remaining()).isEqualTo(Long.BYTES);
    assertThat(function.supportsUndo()).isFalse();
  }

  @Test
  void aggregatesOverSeveralColumnsGetThemAsOneTuple() {
    AggregateFunction function = functions.aggregate("WEIGHTED", values(DOUBLE, DOUBLE));
    assertThat(function.parameterTypes()).containsExactly(DOUBLE, DOUBLE);
    Aggregator sum = function.newAggregator(Map.of());
    Object state = sum.aggregate(new Object[] {2.0, 3.0}, sum.initialize());
    assertThat(sum.result(sum.undo(new Object[] {1.0, 1.0}, state))).isEqualTo(5.0);
  }

  @Test
  void columnsCanVaryInNumberBeforeInitialArguments() {
    List<Argument> arguments =
        List.of(
            new Argument.Value(BIGINT),
            new Argument.Value(STRING),
            new Argument.Constant("hello", STRING),
            new Argument.Constant(7, INTEGER),
            new Argument.Constant(3, INTEGER));
    AggregateFunction function = functions.aggregate("LENGTHS", arguments);
    assertThat(function.parameterTypes()).containsExactly(BIGINT, STRING, STRING);
    Aggregator lengths = function.newAggregator(Map.of());
    Object state = lengths.aggregate(new Object[] {100L, "ab", "hello"}, lengths.initialize());
    assertThat(lengths.result(state)).isEqualTo(7L + 3L + 100L + 2L + 5L);
    assertThat(functions.aggregate("LENGTHS", constants(BIGINT, 7, 3)).parameterTypes())
        .containsExactly(BIGINT);
  }

  private static List<Argument> constants(SqlType column, int... initial) {
    return Stream.concat(
            Stream.of(new Argument.Value(column)),
            Arrays.stream(initial).mapToObj(i -> new Argument.Constant(i, INTEGER)))
        .<Argument>map(argument -> argument)
        .toList();
  }

  @Test
  void aMissingInitialArgumentFitsNoVariant() {
    assertThatThrownBy(() -> functions.aggregate("LENGTHS", values(BIGINT, STRING, STRING)))
        .hasMessageStartingWith(
            "Function 'LENGTHS' does not accept parameters (BIGINT, STRING, STRING).");
  }

  @Test
  void aVariadicOfAnythingTakesColumnsOfDifferentTypes() {
    SqlType map = new SqlType.Map(STRING, INTEGER);
    AggregateFunction function = functions.aggregate("COMPLETE", values(INTEGER, BOOLEAN, map));
    assertThat(function.parameterTypes()).containsExactly(INTEGER, BOOLEAN, map);
    Aggregator complete = function.newAggregator(Map.of());
    Object state = complete.aggregate(new Object[] {1, true, Map.of()}, complete.initialize());
    state = complete.aggregate(new Object[] {2, true, null}, state);
    assertThat(complete.result(state)).isEqualTo(1L);
  }
}
