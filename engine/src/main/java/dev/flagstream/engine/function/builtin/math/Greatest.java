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

/** {@code GREATEST}. */
@UdfDescription(
    name = "greatest",
    category = FunctionCategory.MATHEMATICAL,
    description = "The largest of the values that are not NULL; NULL if all are.")
public class Greatest {

  @Udf
  public Integer greatest(
      @UdfParameter("val") Integer first, @UdfParameter("vals") Integer... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Long greatest(@UdfParameter("val") Long first, @UdfParameter("vals") Long... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Double greatest(
      @UdfParameter("val") Double first, @UdfParameter("vals") Double... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public String greatest(
      @UdfParameter("val") String first, @UdfParameter("vals") String... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Date greatest(@UdfParameter("val") Date first, @UdfParameter("vals") Date... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Time greatest(@UdfParameter("val") Time first, @UdfParameter("vals") Time... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Timestamp greatest(
      @UdfParameter("val") Timestamp first, @UdfParameter("vals") Timestamp... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public ByteBuffer greatest(
      @UdfParameter("val") ByteBuffer first, @UdfParameter("vals") ByteBuffer... others) {
    return Extremes.largest(first, others);
  }

  @Udf(
      description = "The result has the digits of all arguments.",
      schemaProvider = "widestDecimal")
  public BigDecimal greatest(
      @UdfParameter("val") BigDecimal first, @UdfParameter("vals") BigDecimal... others) {
    return Extremes.largest(first, others);
  }

  @UdfSchemaProvider
  public SqlType widestDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.holding(arguments);
  }
}
