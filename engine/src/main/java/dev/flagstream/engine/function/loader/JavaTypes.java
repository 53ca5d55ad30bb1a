package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.signature.SchemaText;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.type.SqlType;
import io.confluent.ksql.function.TriFunction;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;

/** What the Java types of a function's declaration mean in SQL. */
final class JavaTypes {

  private static final Map<Class<?>, SqlType> PRIMITIVES =
      Map.ofEntries(
          Map.entry(boolean.class, SqlType.BOOLEAN),
          Map.entry(Boolean.class, SqlType.BOOLEAN),
          Map.entry(int.class, SqlType.INTEGER),
          Map.entry(Integer.class, SqlType.INTEGER),
          Map.entry(long.class, SqlType.BIGINT),
          Map.entry(Long.class, SqlType.BIGINT),
          Map.entry(double.class, SqlType.DOUBLE),
          Map.entry(Double.class, SqlType.DOUBLE),
          Map.entry(String.class, SqlType.STRING),
          Map.entry(ByteBuffer.class, SqlType.BYTES),
          Map.entry(Time.class, SqlType.TIME),
          Map.entry(Date.class, SqlType.DATE),
          Map.entry(Timestamp.class, SqlType.TIMESTAMP));

  private JavaTypes() {}

  /** The pattern of a declared type: its schema text where there is one, else its Java type. */
  static TypePattern pattern(Type type, String schema) throws DeclarationException {
    if (schema.isBlank()) {
      return pattern(type);
    }
    try {
      return SchemaText.parse(schema);
    } catch (FunctionException e) {
      throw new DeclarationException(e.getMessage());
    }
  }

  static TypePattern pattern(Type type) throws DeclarationException {
    if (type instanceof TypeVariable<?> variable) {
      return new TypePattern.Variable(variable.getName());
    }
    if (type instanceof ParameterizedType parameterized) {
      return parameterized(parameterized);
    }
    SqlType primitive = type instanceof Class<?> javaClass ? PRIMITIVES.get(javaClass) : null;
    if (primitive != null) {
      return new TypePattern.Exact(primitive);
    }
    if (type == BigDecimal.class) {
      return new TypePattern.AnyDecimal();
    }
    if (type == TimeUnit.class) {
      return new TypePattern.IntervalUnit();
    }
    if (type == Object.class) {
      return new TypePattern.Anything();
    }
    if (type == Struct.class) {
      return new TypePattern.AnyStruct();
    }
    throw new DeclarationException(
        "the Java type " + type.getTypeName() + " stands for no SQL type");
  }

  /** As {@link #pattern(Type, String)}, of a parameter, whose fields must be known. */
  static TypePattern parameterPattern(Type type, String schema) throws DeclarationException {
    TypePattern pattern = pattern(type, schema);
    if (hasUnknownFields(pattern)) {
      throw new DeclarationException("a STRUCT parameter needs a schema in its annotation");
    }
    return pattern;
  }

  private static boolean hasUnknownFields(TypePattern pattern) {
    if (pattern instanceof TypePattern.ArrayOf array) {
      return hasUnknownFields(array.element());
    }
    return pattern instanceof TypePattern.AnyStruct
        || (pattern instanceof TypePattern.MapOf map && hasUnknownFields(map.value()));
  }

  private static TypePattern parameterized(ParameterizedType type) throws DeclarationException {
    Type[] arguments = type.getActualTypeArguments();
    Type raw = type.getRawType();
    if (raw == List.class) {
      return TypePattern.arrayOf(pattern(arguments[0]));
    }
    if (raw == Map.class) {
      return TypePattern.mapOf(pattern(arguments[0]), pattern(arguments[1]));
    }
    if (raw == Function.class || raw == BiFunction.class || raw == TriFunction.class) {
      List<TypePattern> parts = patterns(Arrays.asList(arguments));
      int last = parts.size() - 1;
      return new TypePattern.LambdaOf(parts.subList(0, last), parts.get(last));
    }
    throw new DeclarationException(
        "the Java type " + type.getTypeName() + " stands for no SQL type");
  }

  private static List<TypePattern> patterns(List<Type> types) throws DeclarationException {
    TypePattern[] patterns = new TypePattern[types.size()];
    for (int i = 0; i < patterns.length; i++) {
      patterns[i] = pattern(types.get(i));
    }
    return List.of(patterns);
  }
}
