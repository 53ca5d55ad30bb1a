package dev.flagstream.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** Holds values to the Java classes that stand for their types. */
public final class ValueOfType {

  private ValueOfType() {}

  /** Checks a value and all in it; null is of every type. */
  public static void check(String what, Object value, SqlType type) {
    if (value == null) {
      return;
    }
    assertThat(type).as(what).isNotNull();
    assertThat(value).as(what).isInstanceOf(classOf(type));
    if (value instanceof BigDecimal decimal) {
      SqlType.Decimal wanted = (SqlType.Decimal) type;
      // GREATEST, LEAST and functions of others may give fewer places than the type has.
      assertThat(decimal.scale()).as(what).isBetween(0, wanted.scale());
      // As in ksqlDB, ROUND of 99.9 has a digit more than its type.
      assertThat(decimal.precision()).as(what).isLessThanOrEqualTo(wanted.precision() + 1);
    }
    if (value instanceof List<?> list) {
      list.forEach(element -> check(what, element, ((SqlType.Array) type).element()));
    }
    if (value instanceof Map<?, ?> map) {
      SqlType.Map wanted = (SqlType.Map) type;
      map.keySet().forEach(key -> check(what, key, wanted.key()));
      map.values().forEach(element -> check(what, element, wanted.value()));
    }
    if (value instanceof Struct struct) {
      for (SqlType.Field field : ((SqlType.Struct) type).fields()) {
        check(what, struct.get(field.name()), field.type());
      }
    }
  }

  /** The class of the values of a type. */
  public static Class<?> classOf(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> Boolean.class;
      case INTEGER -> Integer.class;
      case BIGINT -> Long.class;
      case DOUBLE -> Double.class;
      case DECIMAL -> BigDecimal.class;
      case STRING -> String.class;
      case BYTES -> ByteBuffer.class;
      case TIME -> Time.class;
      case DATE -> Date.class;
      case TIMESTAMP -> Timestamp.class;
      case ARRAY -> List.class;
      case MAP -> Map.class;
      case STRUCT -> Struct.class;
    };
  }
}
