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
import java.math.RoundingMode;
import java.util.List;

/** {@code CEIL}. */
@UdfDescription(
    name = "Ceil",
    category = FunctionCategory.MATHEMATICAL,
    description = "The smallest whole number that is not below the value.")
public class Ceil {

  @Udf
  public Integer ceil(@UdfParameter("val") Integer value) {
    return value;
  }

  @Udf
  public Long ceil(@UdfParameter("val") Long value) {
    return value;
  }

  @Udf
  public Double ceil(@UdfParameter("val") Double value) {
    return value == null ? null : Math.ceil(value);
  }

  @Udf(description = "The result keeps precision and scale.", schemaProvider = "sameDecimal")
  public BigDecimal ceil(@UdfParameter("val") BigDecimal value) {
    return value == null ? null : value.setScale(0, RoundingMode.CEILING).setScale(value.scale());
  }

  @UdfSchemaProvider
  public SqlType sameDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.of(arguments.get(0));
  }
}
