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
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;

/** {@code LEAST}. */
@UdfDescription(
    name = "least",
    category = FunctionCategory.MATHEMATICAL,
    description = "The smallest of the values that are not NULL; NULL if all are.")
public class Least {

  @Udf
  public Integer least(
      @UdfParameter("val") Integer first, @UdfParameter("vals") Integer... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Long least(@UdfParameter("val") Long first, @UdfParameter("vals") Long... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Double least(@UdfParameter("val") Double first, @UdfParameter("vals") Double... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public String least(@UdfParameter("val") String first, @UdfParameter("vals") String... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Date least(@UdfParameter("val") Date first, @UdfParameter("vals") Date... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Time least(@UdfParameter("val") Time first, @UdfParameter("vals") Time... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Timestamp least(
      @UdfParameter("val") Timestamp first, @UdfParameter("vals") Timestamp... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public ByteBuffer least(
      @UdfParameter("val") ByteBuffer first, @UdfParameter("vals") ByteBuffer... others) {
    return Extremes.smallest(first, others);
  }

  @Udf(
      description = "The result has the digits of all arguments.",
      schemaProvider = "widestDecimal")
  public BigDecimal least(
      @UdfParameter("val") BigDecimal first, @UdfParameter("vals") BigDecimal... others) {
    return Extremes.smallest(first, others);
  }

  @UdfSchemaProvider
  public SqlType widestDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.holding(arguments);
  }
}
