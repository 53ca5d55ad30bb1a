package dev.flagstream.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableFunctionsTest {

  private static TableFunction resolve(String name, SqlType argument) {
    return SqlExpression.FUNCTIONS.table(name, List.of(new Argument.Value(argument)));
  }

  private static List<?> rows(TableFunction function, Object argument) throws Throwable {
    return function.newExploder(Map.of()).explode(new Object[] {argument});
  }

  @Test
  void explodeGivesARowPerElement() throws Throwable {
    TableFunction explode = resolve("EXPLODE", new SqlType.Array(SqlType.BIGINT));
    assertThat(explode.returnType()).isEqualTo(SqlType.BIGINT);
    assertThat(rows(explode, Arrays.asList(1L, null))).isEqualTo(Arrays.asList(1L, null));
    assertThat(rows(explode, null)).isEmpty();
  }

  @Test
  void explodedDecimalsKeepPrecisionAndScale() throws Throwable {
    SqlType decimal = new SqlType.Decimal(20, 10);
    TableFunction explode = resolve("explode", new SqlType.Array(decimal));
    assertThat(explode.returnType()).isEqualTo(decimal);
    List<BigDecimal> values = List.of(new BigDecimal("1.5"));
    assertThat(rows(explode, values)).isEqualTo(values);
  }

  @Test
  void explodeTakesNoMap() {
    assertThatThrownBy(() -> resolve("EXPLODE", new SqlType.Map(SqlType.STRING, SqlType.INTEGER)))
        .hasMessageStartingWith(
            """
            Function 'explode' does not accept parameters (MAP<STRING, INTEGER>).
            Valid alternatives are:
            explode(ARRAY<DECIMAL> input)
            explode(ARRAY<T> list)
            """);
  }

  @Test
  void cubeExplodeGivesEveryCombinationWithNulls() throws Throwable {
    TableFunction cube = resolve("CUBE_EXPLODE", new SqlType.Array(SqlType.INTEGER));
    assertThat(rows(cube, List.of(1, 2)))
        .isEqualTo(
            List.of(
                Arrays.asList(null, null),
                Arrays.asList(null, 2),
                Arrays.asList(1, null),
                List.of(1, 2)));
    assertThat(rows(cube, Arrays.asList(1, null)))
        .isEqualTo(List.of(Arrays.asList(null, null), Arrays.asList(1, null)));
  }
}
