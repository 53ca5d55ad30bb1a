package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.FormatOptions;
import java.util.Objects;

/** ARRAY of some element type. */
public final class SqlArray extends SqlType {

  private final SqlType itemType;

  private SqlArray(SqlType itemType) {
    super(SqlBaseType.ARRAY);
    this.itemType = Objects.requireNonNull(itemType, "itemType");
  }

  public static SqlArray of(SqlType itemType) {
    return new SqlArray(itemType);
  }

  public SqlType getItemType() {
    return itemType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlArray that && itemType.equals(that.itemType);
  }

  @Override
  public int hashCode() {
    return Objects.hash(baseType(), itemType);
  }

  @Override
  public String toString(FormatOptions formatOptions) {
    return "ARRAY<" + itemType.toString(formatOptions) + ">";
  }
}
