package dev.flagstream.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.builtin.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every built-in scalar function called with no, one and two arguments of every type: it refuses
 * the call, or it computes something, or it says in words of its own why it cannot.
 */
class FunctionsOverTypesTest {

  private static final List<String> ARGUMENTS =
      List.of(
          "3",
          "CAST(4 AS BIGINT)",
          "1.5",
          "2.5E0",
          "TRUE",
          "'abc'",
          "TO_BYTES('ab', 'utf8')",
          "FROM_UNIXTIME(86400000)",
          "FROM_DAYS(3)",
          "CAST('10:00' AS TIME)",
          "ARRAY[1, NULL]",
          "ARRAY['b', 'a']",
          "MAP('k' := 1)",
          "STRUCT(a := 1)",
          "NULL",
          "CAST(NULL AS STRING)",
          "CAST(NULL AS INT)",
          "CAST(NULL AS ARRAY<INT>)");

  @TestFactory
  Stream<DynamicTest> refuseOrCompute() {
    return SqlExpression.functions().stream()
        .filter(function -> function.kind() == Kind.SCALAR)
        .map(FunctionDescription::name)
        .map(name -> dynamicTest(name, () -> calls(name).forEach(FunctionsOverTypesTest::check)));
  }

  private static List<String> calls(String name) {
    List<String> calls = new ArrayList<>();
    calls.add(name + "()");
    for (String first : ARGUMENTS) {
      calls.add(name + "(" + first + ")");
      ARGUMENTS.forEach(second -> calls.add(name + "(" + first + ", " + second + ")"));
    }
    return calls;
  }

  private static void check(String call) {
    SqlExpression expression;
    try {
      expression = SqlExpression.of(call);
    } catch (SqlException e) {
      return;
    }
    try {
      Object value = expression.value();
      assertThat(value == null || expression.type().isPresent()).as(call).isTrue();
    } catch (IllegalStateException e) {
      assertThat(e.getCause())
          .as(call)
          .isNotInstanceOfAny(
              ClassCastException.class,
              IndexOutOfBoundsException.class,
              IllegalStateException.class,
              LinkageError.class);
    }
  }
}
