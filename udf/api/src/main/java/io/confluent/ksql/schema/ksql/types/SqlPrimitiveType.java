package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.FormatOptions;
import io.confluent.ksql.schema.utils.SchemaException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A type without parameters or parts, such as BIGINT. There is one instance of each. */
public final class SqlPrimitiveType extends SqlType {

  private static final Set<SqlBaseType> COMPOSED =
      EnumSet.of(SqlBaseType.DECIMAL, SqlBaseType.ARRAY, SqlBaseType.MAP, SqlBaseType.STRUCT);

  private static final Map<String, SqlBaseType> ALIASES =
      Map.of("INT", SqlBaseType.INTEGER, "VARCHAR", SqlBaseType.STRING);

  private static final Map<SqlBaseType, SqlPrimitiveType> INSTANCES = instances();

  private SqlPrimitiveType(SqlBaseType baseType) {
    super(baseType);
  }

  private static Map<SqlBaseType, SqlPrimitiveType> instances() {
    Map<SqlBaseType, SqlPrimitiveType> instances = new EnumMap<>(SqlBaseType.class);
    EnumSet.complementOf(EnumSet.copyOf(COMPOSED))
        .forEach(baseType -> instances.put(baseType, new SqlPrimitiveType(baseType)));
    return instances;
  }

  /** Whether a word, in any case, names a primitive type. */
  public static boolean isPrimitiveTypeName(String name) {
    String upperCase = name.toUpperCase(Locale.ROOT);
    return ALIASES.containsKey(upperCase)
        || INSTANCES.keySet().stream().anyMatch(baseType -> baseType.name().equals(upperCase));
  }

  /**
   * The type of a name in any case.
   *
   * @throws SchemaException if there is no such primitive type
   */
  public static SqlPrimitiveType of(String typeName) {
    String upperCase = typeName.toUpperCase(Locale.ROOT);
    return Arrays.stream(SqlBaseType.values())
        .filter(baseType -> baseType.name().equals(upperCase))
        .findFirst()
        .or(() -> Optional.ofNullable(ALIASES.get(upperCase)))
        .map(SqlPrimitiveType::of)
        .orElseThrow(() -> new SchemaException("Unknown primitive type: " + typeName));
  }

  /**
   * The type of a kind.
   *
   * @throws SchemaException if types of this kind have parameters or parts
   */
  public static SqlPrimitiveType of(SqlBaseType sqlType) {
    SqlPrimitiveType type = INSTANCES.get(Objects.requireNonNull(sqlType, "sqlType"));
    if (type == null) {
      throw new SchemaException("Invalid primitive type: " + sqlType);
    }
    return type;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlPrimitiveType that && baseType() == that.baseType();
  }

  @Override
  public int hashCode() {
    return baseType().hashCode();
  }

  @Override
  public String toString(FormatOptions formatOptions) {
    return baseType().toString();
  }
}
