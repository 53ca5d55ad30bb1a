package dev.flagstream.engine.value;

import dev.flagstream.engine.type.SqlType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The Kafka Connect schema of each type, as a {@code Struct} needs it.
 *
 * <p>Everything is optional, since every value of the dialect may be null. The schema of a type is
 * made once, so that structs of equal types share it and are cheap to compare.
 */
public final class ConnectSchemas {

  /** The parameter ksqlDB keeps a decimal's precision in; Connect itself knows only the scale. */
  public static final String DECIMAL_PRECISION = "connect.decimal.precision";

  private static final Map<SqlType, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private ConnectSchemas() {}

  /** The schema of values of this type. */
  public static Schema of(SqlType type) {
    Schema known = SCHEMAS.get(type);
    if (known != null) {
      return known;
    }
    Schema made = make(type);
    Schema earlier = SCHEMAS.putIfAbsent(type, made);
    return earlier == null ? made : earlier;
  }

  private static Schema make(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
      case INTEGER -> Schema.OPTIONAL_INT32_SCHEMA;
      case BIGINT -> Schema.OPTIONAL_INT64_SCHEMA;
      case DOUBLE -> Schema.OPTIONAL_FLOAT64_SCHEMA;
      case STRING -> Schema.OPTIONAL_STRING_SCHEMA;
      case BYTES -> Schema.OPTIONAL_BYTES_SCHEMA;
      case TIME -> Time.builder().optional().build();
      case DATE -> Date.builder().optional().build();
      case TIMESTAMP -> Timestamp.builder().optional().build();
      case DECIMAL -> decimal((SqlType.Decimal) type);
      case ARRAY -> SchemaBuilder.array(of(((SqlType.Array) type).element())).optional().build();
      case MAP -> map((SqlType.Map) type);
      case STRUCT -> struct((SqlType.Struct) type);
    };
  }

  private static Schema decimal(SqlType.Decimal type) {
    return Decimal.builder(type.scale())
        .parameter(DECIMAL_PRECISION, Integer.toString(type.precision()))
        .optional()
        .build();
  }

  private static Schema map(SqlType.Map type) {
    return SchemaBuilder.map(of(type.key()), of(type.value())).optional().build();
  }

  private static Schema struct(SqlType.Struct type) {
    SchemaBuilder builder = SchemaBuilder.struct();
    for (SqlType.Field field : type.fields()) {
      builder.field(field.name(), of(field.type()));
    }
    return builder.optional().build();
  }
}
