package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.FormatOptions;
import java.util.Objects;

/** A named field of a {@link SqlStruct}. */
public final class Field {

  private final String name;
  private final SqlType type;

  private Field(String name, SqlType type) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    if (name.isEmpty() || !name.equals(name.trim())) {
      throw new IllegalArgumentException("A field's name is empty or not trimmed: '" + name + "'");
    }
  }

  public static Field of(String name, SqlType type) {
    return new Field(name, type);
  }

  public String name() {
    return name;
  }

  public SqlType type() {
    return type;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Field that && name.equals(that.name) && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type);
  }

  @Override
  public String toString() {
    return toString(FormatOptions.none());
  }

  public String toString(FormatOptions formatOptions) {
    return formatOptions.escape(name) + " " + type.toString(formatOptions);
  }
}
