package dev.flagstream.engine.function.builtin.table;

import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udf.UdfSchemaProvider;
import io.confluent.ksql.function.udtf.Udtf;
import io.confluent.ksql.function.udtf.UdtfDescription;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlArray;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.math.BigDecimal;
import java.util.List;

/** {@code EXPLODE}. */
@UdtfDescription(
    name = "explode",
    description = "One row for each element of an array; none for an empty or NULL one.")
public class Explode {

  @Udtf
  public <T> List<T> explode(@UdfParameter("list") List<T> list) {
    return list == null ? List.of() : list;
  }

  @Udtf(description = "The elements keep precision and scale.", schemaProvider = "element")
  public List<BigDecimal> explodeDecimals(@UdfParameter("input") List<BigDecimal> input) {
    return explode(input);
  }

  @UdfSchemaProvider
  public SqlType element(List<SqlArgument> arguments) {
    return ((SqlArray) arguments.get(0).getSqlTypeOrThrow()).getItemType();
  }
}
