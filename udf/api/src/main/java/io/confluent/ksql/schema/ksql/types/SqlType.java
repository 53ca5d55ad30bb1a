package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.FormatOptions;
import java.util.Objects;

/** A SQL type: immutable, equal by content, and printed as SQL. */
public abstract class SqlType {

  private final SqlBaseType baseType;

  SqlType(SqlBaseType baseType) {
    this.baseType = Objects.requireNonNull(baseType, "baseType");
  }

  public SqlBaseType baseType() {
    return baseType;
  }

  /** The type as SQL, its field names quoted as the options say. */
  public abstract String toString(FormatOptions formatOptions);

  @Override
  public final String toString() {
    return toString(FormatOptions.none());
  }
}
