package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** {@code TOSTRUCT}: a result whose schema its annotation says. */
@UdfDescription(name = "tostruct", description = "A struct with its argument as field A.")
public class ToStruct {

  private static final Schema SCHEMA =
      SchemaBuilder.struct().optional().field("A", Schema.OPTIONAL_STRING_SCHEMA).build();

  @Udf(schema = "STRUCT<A VARCHAR>")
  public Struct of(@UdfParameter("a") String a) {
    return new Struct(SCHEMA).put("A", a);
  }
}
