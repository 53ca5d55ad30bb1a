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

/** {@code FLOOR}. */
@UdfDescription(
    name = "Floor",
    category = FunctionCategory.MATHEMATICAL,
    description = "The largest whole number that is not above the value.")
public class Floor {

  @Udf
  public Integer floor(@UdfParameter("val") Integer value) {
    return value;
  }

  @Udf
  public Long floor(@UdfParameter("val") Long value) {
    return value;
  }

  @Udf
  public Double floor(@UdfParameter("val") Double value) {
    return value == null ? null : Math.floor(value);
  }

  @Udf(description = "The result keeps precision and scale.", schemaProvider = "sameDecimal")
  public BigDecimal floor(@UdfParameter("val") BigDecimal value) {
    return value == null ? null : value.setScale(0, RoundingMode.FLOOR).setScale(value.scale());
  }

  @UdfSchemaProvider
  public SqlType sameDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.of(arguments.get(0));
  }
}
