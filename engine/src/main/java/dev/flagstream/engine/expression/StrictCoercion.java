package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.ExactDecimals;
import dev.flagstream.engine.value.Structs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/**
 * Constants in the types of columns that they are inserted into or looked for in: whole numbers and
 * decimals where nothing of them is lost, times and bytes from texts, and the same for all parts of
 * arrays, maps and structs. What a cast could do besides is refused, as in ksqlDB.
 */
public final class StrictCoercion {

  private StrictCoercion() {}

  /**
   * The value in another type.
   *
   * @param from the value's type; its parts may be null
   * @return empty if it does not fit
   */
  public static Optional<Object> coerce(SqlType from, Object value, SqlType to) {
    try {
      return Optional.of(coerced(from, value, to));
    } catch (DoesNotFitException
        | SqlException
        | ArithmeticException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class DoesNotFitException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Object coerced(SqlType from, Object value, SqlType to) {
    if (value == null || to.equals(from)) {
      return value;
    }
    if (from == null || from.base() != to.base()) {
      return converted(from, value, to);
    }
    return switch (to.base()) {
      case DECIMAL -> exactly(value, (SqlType.Decimal) to);
      case ARRAY -> array((SqlType.Array) from, (List<?>) value, (SqlType.Array) to);
      case MAP -> map((SqlType.Map) from, (Map<?, ?>) value, (SqlType.Map) to);
      case STRUCT -> struct((SqlType.Struct) from, (Struct) value, (SqlType.Struct) to);
      default -> value;
    };
  }

  private static Object converted(SqlType from, Object value, SqlType to) {
    if (SqlType.STRING.equals(from) && SqlType.BYTES.equals(to)) {
      // Bytes are written as JSON writes them.
      return ByteBuffer.wrap(Base64.getDecoder().decode(((String) value).trim()));
    }
    if (SqlType.STRING.equals(from) && to.base().isTime()) {
      return cast(from, ((String) value).trim(), to);
    }
    if (from == null || !from.base().isNumber() || !to.base().isNumber()) {
      throw new DoesNotFitException();
    }
    if (to instanceof SqlType.Decimal decimal && from.base() != BaseType.DOUBLE) {
      return exactly(value, decimal);
    }
    if (from.base().compareTo(to.base()) > 0) {
      throw new DoesNotFitException();
    }
    return cast(from, value, to);
  }

  private static Object cast(SqlType from, Object value, SqlType to) {
    return Casts.between(from, to).orElseThrow(DoesNotFitException::new).apply(value);
  }

  private static BigDecimal exactly(Object value, SqlType.Decimal type) {
    BigDecimal scaled =
        ExactDecimals.rescale(
            Casts.exactly(value),
            type.scale(),
            RoundingMode.UNNECESSARY,
            type.precision() - type.scale());
    if (scaled.precision() > type.precision()) {
      throw new DoesNotFitException();
    }
    return scaled;
  }

  private static List<Object> array(SqlType.Array from, List<?> elements, SqlType.Array to) {
    List<Object> coerced = new ArrayList<>();
    for (Object element : elements) {
      coerced.add(coerced(from.element(), element, to.element()));
    }
    return coerced;
  }

  private static Map<Object, Object> map(SqlType.Map from, Map<?, ?> entries, SqlType.Map to) {
    // A HashMap, whose order ksqlDB writes them in.
    Map<Object, Object> coerced = new HashMap<>();
    entries.forEach(
        (key, value) ->
            coerced.put(
                coerced(from.key(), key, to.key()), coerced(from.value(), value, to.value())));
    return coerced;
  }

  /** A field that the column does not have would be lost. */
  private static Struct struct(SqlType.Struct from, Struct struct, SqlType.Struct to) {
    if (from.fields().stream().anyMatch(field -> to.field(field.name()).isEmpty())) {
      throw new DoesNotFitException();
    }
    Object[] values =
        to.fields().stream()
            .map(
                field ->
                    from.field(field.name())
                        .map(own -> coerced(own.type(), struct.get(field.name()), field.type()))
                        .orElse(null))
            .toArray();
    return Structs.of(ConnectSchemas.of(to), values);
  }
}
