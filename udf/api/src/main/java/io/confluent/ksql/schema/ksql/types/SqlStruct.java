package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.DataException;
import io.confluent.ksql.schema.utils.FormatOptions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** STRUCT of named fields; their order is part of the type. */
public final class SqlStruct extends SqlType {

  private final Map<String, Field> fieldsByName;

  private SqlStruct(Map<String, Field> fieldsByName) {
    super(SqlBaseType.STRUCT);
    this.fieldsByName = new LinkedHashMap<>(fieldsByName);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The fields in order. */
  public List<Field> fields() {
    return List.copyOf(fieldsByName.values());
  }

  /** The field of exactly this name. */
  public Optional<Field> field(String name) {
    return Optional.ofNullable(fieldsByName.get(name));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlStruct that && fields().equals(that.fields());
  }

  @Override
  public int hashCode() {
    return fields().hashCode();
  }

  @Override
  public String toString(FormatOptions formatOptions) {
    Collection<Field> fields = fieldsByName.values();
    if (fields.isEmpty()) {
      return "STRUCT< >";
    }
    return fields.stream()
        .map(field -> field.toString(formatOptions))
        .collect(Collectors.joining(", ", "STRUCT<", ">"));
  }

  /** Collects the fields of a {@link SqlStruct}; a second field of a name is refused. */
  public static final class Builder {

    private final Map<String, Field> fieldsByName = new LinkedHashMap<>();

    private Builder() {}

    public Builder field(String fieldName, SqlType fieldType) {
      return field(Field.of(fieldName, fieldType));
    }

    public Builder field(Field field) {
      Field earlier = fieldsByName.putIfAbsent(field.name(), field);
      if (earlier != null) {
        throw new DataException(
            "Duplicate field names found in STRUCT: '" + earlier + "' and '" + field + "'");
      }
      return this;
    }

    public Builder fields(Iterable<? extends Field> fields) {
      fields.forEach(this::field);
      return this;
    }

    public SqlStruct build() {
      return new SqlStruct(fieldsByName);
    }
  }
}
