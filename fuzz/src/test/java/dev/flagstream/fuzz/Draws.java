package dev.flagstream.fuzz;

import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ConnectSchemas;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Values drawn from the bytes of an input, one after the other, the hostile ones more often than
 * chance would. Where the bytes have run out, every draw is the first one.
 */
final class Draws {

  private static final List<String> TEXTS =
      List.of(
          "",
          "1e999999999",
          "-1e-999999999",
          "9".repeat(400),
          "NaN",
          "(a+)+$",
          "(a|a)*b",
          "((((((((((a*)*)*)*)*)*)*)*)*)*)*",
          "a".repeat(3000),
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
          "[".repeat(2000),
          "{\"a\":".repeat(900),
          "{\"amount\": 1e999999999}",
          "$.a[2147483647]",
          "$..*[?(@)]",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS",
          "+999999999-12-31T23:59:59Z",
          "Europe/Berlin",
          "http://[::1]:99999/%%%?a=%zz#",
          "\uD800",
          "%".repeat(500),
          "forest",
          "hex",
          "4111111111111111");

  private static final long[] LONGS = {
    0,
    1,
    -1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 53,
    64,
    1000
  };

  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e18,
    180,
    90.5
  };

  private static final int MOST_ELEMENTS = 40;

  /** Values are nested so many times at most. */
  private static final int DEEPEST = 4;

  private final byte[] input;
  private int at;

  Draws(byte[] input) {
    this.input = input;
  }

  /** A byte as a number from 0 to 255. */
  int next() {
    return at < input.length ? input[at++] & 0xFF : 0;
  }

  /** A number from 0 to below a bound, which is 65,536 at most. */
  int below(int bound) {
    return bound <= 256 ? next() % bound : ((next() << 8) | next()) % bound;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** As many bytes as the next one says. */
  byte[] some() {
    int length = Math.min(next(), input.length - at);
    at += length;
    return Arrays.copyOfRange(input, at - length, at);
  }

  /** All bytes that are left. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(input, at, input.length);
    at = input.length;
    return rest;
  }

  /** A value of the class that stands for a type, or null. */
  Object value(SqlType type) {
    return value(type, 0);
  }

  private Object value(SqlType type, int depth) {
    if (next() % 16 == 15) {
      return null;
    }
    return switch (type.base()) {
      case BOOLEAN -> next() % 2 == 0;
      case INTEGER -> (int) number();
      case BIGINT -> number();
      case DOUBLE -> fraction();
      case DECIMAL -> decimal((SqlType.Decimal) type);
      case STRING -> text();
      case BYTES ->
          ByteBuffer.wrap(next() % 4 == 0 ? text().getBytes(StandardCharsets.UTF_8) : some());
      case TIME -> new Time(Math.floorMod(number(), TimeUnit.DAYS.toMillis(1)));
      case DATE -> new Date(TimeUnit.DAYS.toMillis(number() >> Integer.SIZE));
      case TIMESTAMP -> new Timestamp(number());
      case ARRAY -> list(((SqlType.Array) type).element(), depth);
      case MAP -> map((SqlType.Map) type, depth);
      case STRUCT -> struct((SqlType.Struct) type, depth);
    };
  }

  private long number() {
    int kind = next();
    if (kind < 128) {
      return LONGS[kind % LONGS.length];
    }
    long number = 0;
    for (int i = 0; i <= kind % 8; i++) {
      number = (number << 8) | next();
    }
    return number;
  }

  private double fraction() {
    int kind = next();
    return kind < 128 ? DOUBLES[kind % DOUBLES.length] : Double.longBitsToDouble(number());
  }

  private BigDecimal decimal(SqlType.Decimal type) {
    BigInteger digits = BigInteger.valueOf(number());
    if (next() % 4 == 0) {
      digits = digits.multiply(digits).multiply(digits);
    }
    BigInteger bound = BigInteger.TEN.pow(type.precision());
    return new BigDecimal(digits.remainder(bound), type.scale())
        .setScale(type.scale(), RoundingMode.UNNECESSARY);
  }

  private String text() {
    int kind = next();
    return kind < 96
        ? TEXTS.get(kind % TEXTS.size())
        : new String(kind < 192 ? some() : rest(), StandardCharsets.UTF_8);
  }

  private List<Object> list(SqlType element, int depth) {
    List<Object> list = new ArrayList<>();
    int count = depth < DEEPEST ? next() % MOST_ELEMENTS : 0;
    for (int i = 0; i < count; i++) {
      list.add(value(element, depth + 1));
    }
    return list;
  }

  private Map<Object, Object> map(SqlType.Map type, int depth) {
    Map<Object, Object> map = new HashMap<>();
    int count = depth < DEEPEST ? next() % MOST_ELEMENTS : 0;
    for (int i = 0; i < count; i++) {
      Object key = value(type.key(), depth + 1);
      if (key != null) {
        map.put(key, value(type.value(), depth + 1));
      }
    }
    return map;
  }

  private Struct struct(SqlType.Struct type, int depth) {
    Schema schema = ConnectSchemas.of(type);
    Struct struct = new Struct(schema);
    for (SqlType.Field field : type.fields()) {
      struct.put(field.name(), value(field.type(), depth + 1));
    }
    return struct;
  }
}
