package dev.flagstream.engine.function.builtin.map;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** {@code ENTRIES}. */
@UdfDescription(
    name = "ENTRIES",
    category = FunctionCategory.MAP,
    description =
        "The entries of a map as an array of structs with the fields K and V, sorted by key on"
            + " demand.")
public class Entries {

  @Udf(schema = "ARRAY<STRUCT<K VARCHAR, V INT>>")
  public List<Struct> entriesOfInteger(
      @UdfParameter("map") Map<String, Integer> map, @UdfParameter("sorted") boolean sorted) {
    return entries(map, sorted, Schema.OPTIONAL_INT32_SCHEMA);
  }

  @Udf(schema = "ARRAY<STRUCT<K VARCHAR, V BIGINT>>")
  public List<Struct> entriesOfBigint(
      @UdfParameter("map") Map<String, Long> map, @UdfParameter("sorted") boolean sorted) {
    return entries(map, sorted, Schema.OPTIONAL_INT64_SCHEMA);
  }

  @Udf(schema = "ARRAY<STRUCT<K VARCHAR, V DOUBLE>>")
  public List<Struct> entriesOfDouble(
      @UdfParameter("map") Map<String, Double> map, @UdfParameter("sorted") boolean sorted) {
    return entries(map, sorted, Schema.OPTIONAL_FLOAT64_SCHEMA);
  }

  @Udf(schema = "ARRAY<STRUCT<K VARCHAR, V BOOLEAN>>")
  public List<Struct> entriesOfBoolean(
      @UdfParameter("map") Map<String, Boolean> map, @UdfParameter("sorted") boolean sorted) {
    return entries(map, sorted, Schema.OPTIONAL_BOOLEAN_SCHEMA);
  }

  @Udf(schema = "ARRAY<STRUCT<K VARCHAR, V VARCHAR>>")
  public List<Struct> entriesOfString(
      @UdfParameter("map") Map<String, String> map, @UdfParameter("sorted") boolean sorted) {
    return entries(map, sorted, Schema.OPTIONAL_STRING_SCHEMA);
  }

  private static <V> List<Struct> entries(Map<String, V> map, boolean sorted, Schema values) {
    if (map == null) {
      return null;
    }
    Schema schema =
        SchemaBuilder.struct()
            .optional()
            .field("K", Schema.OPTIONAL_STRING_SCHEMA)
            .field("V", values)
            .build();
    List<Struct> entries = new ArrayList<>(map.size());
    (sorted ? new TreeMap<>(map) : map)
        .forEach((key, value) -> entries.add(new Struct(schema).put("K", key).put("V", value)));
    return entries;
  }
}
