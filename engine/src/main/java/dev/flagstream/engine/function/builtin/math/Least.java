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
      @UdfParameter("first") Integer first, @UdfParameter("others") Integer... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Long least(@UdfParameter("first") Long first, @UdfParameter("others") Long... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Double least(
      @UdfParameter("first") Double first, @UdfParameter("others") Double... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public String least(
      @UdfParameter("first") String first, @UdfParameter("others") String... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Date least(@UdfParameter("first") Date first, @UdfParameter("others") Date... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Time least(@UdfParameter("first") Time first, @UdfParameter("others") Time... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public Timestamp least(
      @UdfParameter("first") Timestamp first, @UdfParameter("others") Timestamp... others) {
    return Extremes.smallest(first, others);
  }

  @Udf
  public ByteBuffer least(
      @UdfParameter("first") ByteBuffer first, @UdfParameter("others") ByteBuffer... others) {
    return Extremes.smallest(first, others);
  }

  @Udf(
      description = "The result has the digits of all arguments.",
      schemaProvider = "widestDecimal")
  public BigDecimal least(
      @UdfParameter("first") BigDecimal first, @UdfParameter("others") BigDecimal... others) {
    return Extremes.smallest(first, others);
  }

  @UdfSchemaProvider
  public SqlType widestDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.holding(arguments);
  }
}
