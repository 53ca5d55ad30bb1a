package dev.flagstream.engine.function.loader;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sources of functions as users write them, by class name. */
final class SampleFunctions {

  private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");

  static final Map<String, String> SOURCES = new LinkedHashMap<>();

  private SampleFunctions() {}

  private static void add(String source) {
    Matcher matcher = CLASS_NAME.matcher(source);
    if (!matcher.find()) {
      throw new IllegalArgumentException(source);
    }
    String imports =
        """
        package org.example;
        import io.confluent.ksql.function.udaf.*;
        import io.confluent.ksql.function.udf.*;
        import io.confluent.ksql.function.udtf.*;
        import io.confluent.ksql.schema.ksql.SqlArgument;
        import io.confluent.ksql.schema.ksql.types.*;
        import io.confluent.ksql.util.*;
        import java.math.BigDecimal;
        import java.nio.ByteBuffer;
        import java.util.*;
        import java.util.function.Function;
        import org.apache.kafka.common.Configurable;
        import org.apache.kafka.connect.data.*;
        """;
    SOURCES.put(matcher.group(1), imports + source);
  }

  static {
    add(
        """
        @UdfDescription(name = "which", description = "Says which variant was called.")
        public class Which {
          @Udf public String a(Integer i, String s) { return "INT, VARCHAR"; }
          @Udf public String b(Long l, String s) { return "BIGINT, VARCHAR"; }
          @Udf public String c(Long l, Long m, String s) { return "BIGINT, BIGINT, VARCHAR"; }
          @Udf public String d(Long l, Long... more) { return "BIGINT, BIGINT..."; }
          @Udf public String e(@UdfParameter(schema = "STRUCT<a VARCHAR>") Struct struct) {
            return "STRUCT " + struct.get("A");
          }
        }
        """);
    add(
        """
        @UdfDescription(name = "to_struct", description = "")
        public class ToStruct {
          private static final Schema SCHEMA =
              SchemaBuilder.struct().optional().field("A", Schema.OPTIONAL_STRING_SCHEMA).build();
          @Udf(schema = "STRUCT<A VARCHAR>") public Struct of(String a) {
            return new Struct(SCHEMA).put("A", a);
          }
        }
        """);
    add(
        """
        @UdfDescription(name = "decimal_plus", description = "")
        public class DecimalPlus {
          @Udf(schemaProvider = "sum") public BigDecimal plus(BigDecimal a, BigDecimal b) {
            return a.add(b);
          }
          @UdfSchemaProvider public SqlType sum(List<SqlArgument> arguments) {
            return SqlDecimal.add(
                (SqlDecimal) arguments.get(0).getSqlTypeOrThrow(),
                (SqlDecimal) arguments.get(1).getSqlTypeOrThrow());
          }
        }
        """);
    add(
        """
        @UdfDescription(name = "get_or", description = "")
        public class GetOr {
          @Udf public <K, V> V get(Map<K, V> map, K key, V otherwise) {
            return map.getOrDefault(key, otherwise);
          }
        }
        """);
    add(
        """
        @UdfDescription(name = "map_first", description = "")
        public class MapFirst {
          @Udf public <T, R> R apply(List<T> list, Function<T, R> function) {
            return function.apply(list.get(0));
          }
        }
        """);
    add(
        """
        @UdfDescription(name = "calls", description = "")
        public class Calls {
          private int calls;
          @Udf public int count() { return ++calls; }
        }
        """);
    add(
        """
        @UdfDescription(name = "settings", description = "")
        public class Settings implements Configurable {
          private Map<String, ?> seen;
          @Override public void configure(Map<String, ?> settings) {
            seen = new TreeMap<>(settings);
          }
          @Udf public String seen() { return seen.toString(); }
        }
        """);
    add(
        """
        @UdfDescription(name = "throws", description = "")
        public class Throwing {
          @Udf public String raise(String message) { throw new IllegalStateException(message); }
        }
        """);
    add(
        """
        @UdfDescription(name = "primitive", description = "")
        public class Primitive {
          @Udf public double add(double a, int b) { return a + b; }
        }
        """);
    add(
        """
        @UdtfDescription(name = "letters", description = "")
        public class Letters {
          @Udtf public List<String> of(String word) { return List.of(word.split("")); }
        }
        """);
    add(
        """
        @UdafDescription(name = "RECENT", description = "")
        public class Recent {
          @UdafFactory(description = "") public static Udaf<Long, ByteBuffer, List<Long>> of() {
            return new Udaf<>() {
              @Override public ByteBuffer initialize() { return ByteBuffer.allocate(0); }
              @Override public ByteBuffer aggregate(Long value, ByteBuffer state) {
                ByteBuffer next = ByteBuffer.allocate(state.remaining() + Long.BYTES);
                return next.put(state.duplicate()).putLong(value).flip();
              }
              @Override public ByteBuffer merge(ByteBuffer a, ByteBuffer b) { return a; }
              @Override public List<Long> map(ByteBuffer state) {
                List<Long> values = new ArrayList<>();
                for (ByteBuffer rest = state.duplicate(); rest.hasRemaining(); ) {
                  values.add(rest.getLong());
                }
                return values;
              }
            };
          }
        }
        """);
    add(
        """
        @UdafDescription(name = "WEIGHTED", description = "")
        public class Weighted {
          @UdafFactory(description = "")
          public static TableUdaf<Pair<Double, Double>, Double, Double> of() {
            return new TableUdaf<>() {
              @Override public Double initialize() { return 0.0; }
              @Override public Double aggregate(Pair<Double, Double> p, Double sum) {
                return sum + p.getLeft() * p.getRight();
              }
              @Override public Double undo(Pair<Double, Double> p, Double sum) {
                return sum - p.getLeft() * p.getRight();
              }
              @Override public Double merge(Double a, Double b) { return a + b; }
              @Override public Double map(Double sum) { return sum; }
            };
          }
        }
        """);
    add(
        """
        @UdafDescription(name = "LENGTHS", description = "")
        public class Lengths {
          @UdafFactory(description = "")
          public static Udaf<Pair<Long, VariadicArgs<String>>, Long, Long> of(int a, int b) {
            return new Udaf<>() {
              @Override public Long initialize() { return (long) a + b; }
              @Override public Long aggregate(Pair<Long, VariadicArgs<String>> p, Long sum) {
                return sum + p.getLeft() + p.getRight().stream().mapToInt(String::length).sum();
              }
              @Override public Long merge(Long a, Long b) { return a + b; }
              @Override public Long map(Long sum) { return sum; }
            };
          }
        }
        """);
    add(
        """
        @UdafDescription(name = "COMPLETE", description = "Counts rows without a null.")
        public class Complete {
          @UdafFactory(description = "")
          public static Udaf<Pair<Integer, VariadicArgs<Object>>, Long, Long> of() {
            return new Udaf<>() {
              @Override public Long initialize() { return 0L; }
              @Override public Long aggregate(Pair<Integer, VariadicArgs<Object>> p, Long n) {
                return p.getRight().stream().anyMatch(Objects::isNull) ? n : n + 1;
              }
              @Override public Long merge(Long a, Long b) { return a + b; }
              @Override public Long map(Long n) { return n; }
            };
          }
        }
        """);
  }
}
