package dev.flagstream.engine.expression;

import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.DoubleText;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Which types can be cast to which, and how a value is cast. */
public final class Casts {

  /** Casts one value; null stays null. Throws where this value cannot be cast. */
  public interface Conversion {
    /** The value in the target type's Java class. */
    Object apply(Object value);
  }

  private static final Conversion SAME = value -> value;
  private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(NaN|Infinity)");

  private Casts() {}

  /** What a NULL becomes that is cast to STRING. */
  public enum NullText {
    /** NULL. */
    NULL,
    /** The text {@code null}, but of a DECIMAL, which stays NULL. */
    TEXT
  }

  /** How values of one type become values of another; empty where they cannot. */
  public static Optional<Conversion> between(SqlType from, SqlType to) {
    return between(from, to, NullText.NULL);
  }

  /** The same with another meaning of NULLs in texts, also inside arrays, maps and structs. */
  static Optional<Conversion> between(SqlType from, SqlType to, NullText nulls) {
    if (from.equals(to)) {
      return Optional.of(SAME);
    }
    boolean becomesText =
        nulls == NullText.TEXT && to.base() == BaseType.STRING && from.base() != BaseType.DECIMAL;
    return conversion(from, to, nulls)
        .map(conversion -> becomesText ? nullBecomesText(conversion) : nullStaysNull(conversion));
  }

  /** Whether there are values of the first type that the second cannot hold. */
  public static boolean mayFail(SqlType from, SqlType to) {
    return switch (to.base()) {
      case STRING -> false;
      case INTEGER, BIGINT, DOUBLE -> from.base() == BaseType.STRING;
      case BOOLEAN -> false;
      default -> from.base() != BaseType.DATE && from.base() != BaseType.TIMESTAMP;
    };
  }

  private static Conversion nullBecomesText(Conversion conversion) {
    return value -> value == null ? "null" : conversion.apply(value);
  }

  private static Conversion nullStaysNull(Conversion conversion) {
    return value -> value == null ? null : conversion.apply(value);
  }

  private static Optional<Conversion> conversion(SqlType from, SqlType to, NullText nulls) {
    return switch (to.base()) {
      case INTEGER -> toInteger(from.base());
      case BIGINT -> toBigint(from.base());
      case DOUBLE -> toDouble(from.base());
      case DECIMAL -> toDecimal(from.base(), (SqlType.Decimal) to);
      case STRING -> toText(from.base());
      case BOOLEAN -> when(from.base() == BaseType.STRING, v -> Booleans.cast((String) v));
      case TIMESTAMP -> toTimestamp(from.base());
      case DATE -> toDate(from.base());
      case TIME -> toTime(from.base());
      case ARRAY ->
          from instanceof SqlType.Array array
              ? toArray(array, (SqlType.Array) to, nulls)
              : Optional.empty();
      case MAP ->
          from instanceof SqlType.Map map ? toMap(map, (SqlType.Map) to, nulls) : Optional.empty();
      case STRUCT ->
          from instanceof SqlType.Struct struct
              ? toStruct(struct, (SqlType.Struct) to, nulls)
              : Optional.empty();
      case BYTES -> when(from.base() == BaseType.STRING, v -> bytes((String) v));
    };
  }

  private static ByteBuffer bytes(String base64) {
    return ByteBuffer.wrap(Base64.getDecoder().decode(base64.trim()));
  }

  private static Optional<Conversion> when(boolean possible, Conversion conversion) {
    return possible ? Optional.of(conversion) : Optional.empty();
  }

  private static Optional<Conversion> toInteger(BaseType from) {
    if (from == BaseType.STRING) {
      return Optional.of(value -> Integer.valueOf(((String) value).trim()));
    }
    return when(from.isNumber(), value -> ((Number) value).intValue());
  }

  private static Optional<Conversion> toBigint(BaseType from) {
    if (from == BaseType.STRING) {
      return Optional.of(value -> Long.valueOf(((String) value).trim()));
    }
    return when(from.isNumber(), value -> ((Number) value).longValue());
  }

  private static Optional<Conversion> toDouble(BaseType from) {
    if (from == BaseType.STRING) {
      return Optional.of(value -> finite((String) value));
    }
    return when(from.isNumber(), value -> ((Number) value).doubleValue());
  }

  /** NaN and Infinity are words for numbers in Java; ksqlDB does not read them. */
  private static Double finite(String text) {
    String number = text.trim();
    if (NOT_FINITE.matcher(number).matches()) {
      throw new NumberFormatException("For input string: \"" + number + "\"");
    }
    return Double.valueOf(number);
  }

  private static Optional<Conversion> toDecimal(BaseType from, SqlType.Decimal to) {
    return when(
        from.isNumber() || from == BaseType.STRING,
        value -> Decimals.fit(exactly(value), to.precision(), to.scale()));
  }

  /** A number, or a text that is one, as a decimal of whatever precision it has. */
  public static BigDecimal exactly(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof String text) {
      return ExactDecimals.parse(text.trim());
    }
    Number number = (Number) value;
    return number instanceof Double
        ? DoubleText.toDecimal(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }

  private static Optional<Conversion> toText(BaseType from) {
    return switch (from) {
      case BYTES -> Optional.empty();
      case DECIMAL -> Optional.of(value -> ((BigDecimal) value).toPlainString());
      case TIMESTAMP -> Optional.of(value -> TimeText.format((Timestamp) value));
      case DATE -> Optional.of(value -> TimeText.format((Date) value));
      case TIME -> Optional.of(value -> TimeText.format((Time) value));
      default -> Optional.of(DoubleText::ofAny);
    };
  }

  private static Optional<Conversion> toTimestamp(BaseType from) {
    return switch (from) {
      case STRING -> Optional.of(value -> TimeText.parseTimestamp((String) value));
      case DATE -> Optional.of(value -> new Timestamp(((Date) value).getTime()));
      default -> Optional.empty();
    };
  }

  private static Optional<Conversion> toDate(BaseType from) {
    return switch (from) {
      case STRING -> Optional.of(value -> TimeText.parseDate((String) value));
      case TIMESTAMP -> Optional.of(value -> startOfDay((Timestamp) value));
      default -> Optional.empty();
    };
  }

  private static Date startOfDay(Timestamp value) {
    long dayMs = TimeUnit.DAYS.toMillis(1);
    return new Date(Math.floorDiv(value.getTime(), dayMs) * dayMs);
  }

  private static Optional<Conversion> toTime(BaseType from) {
    return switch (from) {
      case STRING -> Optional.of(value -> TimeText.parseTime((String) value));
      case TIMESTAMP ->
          Optional.of(
              value ->
                  new Time(
                      Math.floorMod(((Timestamp) value).getTime(), TimeUnit.DAYS.toMillis(1))));
      default -> Optional.empty();
    };
  }

  private static Optional<Conversion> toArray(
      SqlType.Array from, SqlType.Array to, NullText nulls) {
    return between(from.element(), to.element(), nulls)
        .map(
            element ->
                value -> {
                  List<Object> cast = new ArrayList<>();
                  for (Object each : (List<?>) value) {
                    cast.add(element.apply(each));
                  }
                  return cast;
                });
  }

  private static Optional<Conversion> toMap(SqlType.Map from, SqlType.Map to, NullText nulls) {
    Optional<Conversion> keys = between(from.key(), to.key(), nulls);
    Optional<Conversion> values = between(from.value(), to.value(), nulls);
    if (keys.isEmpty() || values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        value -> {
          Map<Object, Object> cast = new HashMap<>();
          ((Map<?, ?>) value)
              .forEach((k, v) -> cast.put(keys.get().apply(k), values.get().apply(v)));
          return cast;
        });
  }

  /** Fields pair up by name; those the target lacks are dropped, those it has more are null. */
  private static Optional<Conversion> toStruct(
      SqlType.Struct from, SqlType.Struct to, NullText nulls) {
    Map<String, Conversion> fields = new LinkedHashMap<>();
    for (SqlType.Field field : to.fields()) {
      Optional<SqlType.Field> source = from.field(field.name());
      if (source.isEmpty()) {
        continue;
      }
      Optional<Conversion> conversion = between(source.get().type(), field.type(), nulls);
      if (conversion.isEmpty()) {
        return Optional.empty();
      }
      fields.put(field.name(), conversion.get());
    }
    Schema schema = ConnectSchemas.of(to);
    return Optional.of(
        value -> {
          Struct cast = new Struct(schema);
          fields.forEach(
              (name, conversion) -> cast.put(name, conversion.apply(((Struct) value).get(name))));
          return cast;
        });
  }
}
