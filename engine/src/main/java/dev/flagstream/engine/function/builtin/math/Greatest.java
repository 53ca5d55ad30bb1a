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
      @UdfParameter("first") Integer first, @UdfParameter("others") Integer... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Long greatest(@UdfParameter("first") Long first, @UdfParameter("others") Long... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Double greatest(
      @UdfParameter("first") Double first, @UdfParameter("others") Double... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public String greatest(
      @UdfParameter("first") String first, @UdfParameter("others") String... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Date greatest(@UdfParameter("first") Date first, @UdfParameter("others") Date... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Time greatest(@UdfParameter("first") Time first, @UdfParameter("others") Time... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public Timestamp greatest(
      @UdfParameter("first") Timestamp first, @UdfParameter("others") Timestamp... others) {
    return Extremes.largest(first, others);
  }

  @Udf
  public ByteBuffer greatest(
      @UdfParameter("first") ByteBuffer first, @UdfParameter("others") ByteBuffer... others) {
    return Extremes.largest(first, others);
  }

  @Udf(
      description = "The result has the digits of all arguments.",
      schemaProvider = "widestDecimal")
  public BigDecimal greatest(
      @UdfParameter("first") BigDecimal first, @UdfParameter("others") BigDecimal... others) {
    return Extremes.largest(first, others);
  }

  @UdfSchemaProvider
  public SqlType widestDecimal(List<SqlArgument> arguments) {
    return DecimalTypes.holding(arguments);
  }
}
