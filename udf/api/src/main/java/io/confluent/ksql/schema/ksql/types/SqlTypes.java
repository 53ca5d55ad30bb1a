package io.confluent.ksql.schema.ksql.types;

/** Makes types. */
public final class SqlTypes {

  public static final SqlPrimitiveType BOOLEAN = SqlPrimitiveType.of(SqlBaseType.BOOLEAN);
  public static final SqlPrimitiveType INTEGER = SqlPrimitiveType.of(SqlBaseType.INTEGER);
  public static final SqlPrimitiveType BIGINT = SqlPrimitiveType.of(SqlBaseType.BIGINT);
  public static final SqlPrimitiveType DOUBLE = SqlPrimitiveType.of(SqlBaseType.DOUBLE);
  public static final SqlPrimitiveType STRING = SqlPrimitiveType.of(SqlBaseType.STRING);
  public static final SqlPrimitiveType TIME = SqlPrimitiveType.of(SqlBaseType.TIME);
  public static final SqlPrimitiveType DATE = SqlPrimitiveType.of(SqlBaseType.DATE);
  public static final SqlPrimitiveType TIMESTAMP = SqlPrimitiveType.of(SqlBaseType.TIMESTAMP);
  public static final SqlPrimitiveType BYTES = SqlPrimitiveType.of(SqlBaseType.BYTES);

  /** The DECIMAL every INTEGER fits into. */
  public static final SqlDecimal INT_UPCAST_TO_DECIMAL = decimal(10, 0);

  /** The DECIMAL every BIGINT fits into. */
  public static final SqlDecimal BIGINT_UPCAST_TO_DECIMAL = decimal(19, 0);

  private SqlTypes() {}

  public static SqlDecimal decimal(int precision, int scale) {
    return SqlDecimal.of(precision, scale);
  }

  public static SqlArray array(SqlType elementType) {
    return SqlArray.of(elementType);
  }

  public static SqlMap map(SqlType keyType, SqlType valueType) {
    return SqlMap.of(keyType, valueType);
  }

  public static SqlStruct.Builder struct() {
    return SqlStruct.builder();
  }
}
