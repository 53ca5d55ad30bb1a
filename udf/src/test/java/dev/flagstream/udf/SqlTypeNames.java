package dev.flagstream.udf;

import io.confluent.ksql.schema.ksql.types.SqlBaseType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** The SQL types that ksqlDB gives the Java types of a function's signature. */
final class SqlTypeNames {

  private static final Map<Type, SqlBaseType> SCALARS =
      Map.of(
          boolean.class, SqlBaseType.BOOLEAN,
          Boolean.class, SqlBaseType.BOOLEAN,
          Integer.class, SqlBaseType.INTEGER,
          Long.class, SqlBaseType.BIGINT,
          Double.class, SqlBaseType.DOUBLE,
          String.class, SqlBaseType.STRING,
          ByteBuffer.class, SqlBaseType.BYTES,
          Struct.class, SqlBaseType.STRUCT);

  private SqlTypeNames() {}

  static SqlBaseType baseTypeOf(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return SqlBaseType.ARRAY;
    }
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return SqlBaseType.MAP;
    }
    SqlBaseType scalar = SCALARS.get(type);
    if (scalar == null) {
      throw new AssertionError(type + " has no SQL type");
    }
    return scalar;
  }

  static String of(Type type) {
    SqlBaseType baseType = baseTypeOf(type);
    if (baseType == SqlBaseType.ARRAY) {
      return "ARRAY<" + of(((ParameterizedType) type).getActualTypeArguments()[0]) + ">";
    }
    if (baseType == SqlBaseType.MAP) {
      Type[] keyAndValue = ((ParameterizedType) type).getActualTypeArguments();
      return "MAP<" + of(keyAndValue[0]) + ", " + of(keyAndValue[1]) + ">";
    }
    return baseType == SqlBaseType.STRING ? "VARCHAR" : baseType.name();
  }
}
