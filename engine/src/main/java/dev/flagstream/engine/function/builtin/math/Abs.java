package dev.flagstream.engine.function.builtin.math;

import dev.flagstream.engine.function.builtin.DecimalTypes;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udf.UdfSchemaProvider;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.math.BigDecimal;
import java.util.List;

/** {@code ABS}. */
@UdfDescription(
    name = "Abs",
    category = FunctionCategory.MATHEMATICAL,
    description = "The value without its sign.")
public class Abs {

  @Udf
  public Integer abs(@UdfParameter("val") Integer value) {
    return value == null ? null : Math.abs(value);
  }

  @Udf
  public Long abs(@UdfParameter("val") Long value) {
    return value == null ? null : Math.abs(value);
  }

  @Udf
  public Double abs(@UdfParameter("val") Double value) {
    return value == null ? null : Math.abs(value);
  }

  @Udf(schemaProvider = "sameDecimal")
  public BigDecimal abs(@UdfParameter("val") BigDecimal value) {
    return value == null ? null : value.abs();
  }

  @UdfSchemaProvider
  public SqlType sameDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.of(arguments.get(0));
  }
}
