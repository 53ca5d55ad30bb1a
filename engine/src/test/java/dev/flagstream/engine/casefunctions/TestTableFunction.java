package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udtf.Udtf;
import io.confluent.ksql.function.udtf.UdtfDescription;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;

/**
 * {@code TEST_UDTF}: one row for each argument, of all types; of lists and maps, what they hold.
 */
@UdtfDescription(name = "test_udtf", description = "A row for each argument.")
public class TestTableFunction {

  private static final String STRUCT = "STRUCT<A VARCHAR>";

  @Udtf
  public List<Integer> same(@UdfParameter("i") int i) {
    return List.of(i);
  }

  @Udtf
  public List<String> ofValues(
      @UdfParameter("i") int i,
      @UdfParameter("l") long l,
      @UdfParameter("d") double d,
      @UdfParameter("b") boolean b,
      @UdfParameter("s") String s,
      @UdfParameter("n") BigDecimal n,
      @UdfParameter(value = "r", schema = STRUCT) Struct r) {
    return Stream.of(i, l, d, b, s, n, r).map(String::valueOf).toList();
  }

  @Udtf
  public List<String> ofLists(
      @UdfParameter("i") List<Integer> i,
      @UdfParameter("l") List<Long> l,
      @UdfParameter("d") List<Double> d,
      @UdfParameter("b") List<Boolean> b,
      @UdfParameter("s") List<String> s,
      @UdfParameter("n") List<BigDecimal> n,
      @UdfParameter(value = "r", schema = "ARRAY<" + STRUCT + ">") List<Struct> r) {
    return Stream.of(i, l, d, b, s, n, r).flatMap(List::stream).map(String::valueOf).toList();
  }

  @Udtf
  public List<String> ofMaps(
      @UdfParameter("i") Map<String, Integer> i,
      @UdfParameter("l") Map<String, Long> l,
      @UdfParameter("d") Map<String, Double> d,
      @UdfParameter("b") Map<String, Boolean> b,
      @UdfParameter("s") Map<String, String> s,
      @UdfParameter("n") Map<String, BigDecimal> n,
      @UdfParameter(value = "r", schema = "MAP<STRING, " + STRUCT + ">") Map<String, Struct> r) {
    return Stream.of(i, l, d, b, s, n, r)
        .flatMap(map -> map.values().stream())
        .map(String::valueOf)
        .toList();
  }
}
