package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import org.apache.kafka.connect.data.Struct;

/** {@code TEST_UDF}: overloaded; says which of its variants was called. */
@UdfDescription(name = "test_udf", description = "Says which of its variants was called.")
public class WhichVariant {

  @Udf
  public String ofIntAndString(
      @UdfParameter("number") Integer number, @UdfParameter("text") String text) {
    return "doStuffIntString";
  }

  @Udf
  public String ofLongAndString(
      @UdfParameter("number") Long number, @UdfParameter("text") String text) {
    return "doStuffLongString";
  }

  @Udf
  public String ofLongsAndString(
      @UdfParameter("first") Long first,
      @UdfParameter("second") Long second,
      @UdfParameter("text") String text) {
    return "doStuffLongLongString";
  }

  @Udf
  public String ofLongs(@UdfParameter("first") Long first, @UdfParameter("more") Long... more) {
    return "doStuffLongVarargs";
  }

  @Udf
  public String ofStruct(@UdfParameter(value = "a", schema = "STRUCT<A VARCHAR>") Struct struct) {
    return struct.getString("A");
  }
}
