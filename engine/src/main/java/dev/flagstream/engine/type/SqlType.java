package dev.flagstream.engine.type;

import static java.util.Objects.requireNonNull;

import dev.flagstream.engine.SqlException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A type of the SQL dialect; {@code toString} is how ksqlDB prints it in schemas.
 *
 * <p>The Java value behind each type is the one ksqlDB hands to a UDF: {@code Boolean}, {@code
 * Integer}, {@code Long}, {@code Double}, {@code String}, {@code java.nio.ByteBuffer}, {@code
 * java.sql.Time}, {@code java.sql.Date}, {@code java.sql.Timestamp}, {@code java.math.BigDecimal},
 * {@code java.util.List}, {@code java.util.Map}, {@code org.apache.kafka.connect.data.Struct}.
 */
public sealed interface SqlType {

  SqlType BOOLEAN = new Primitive(BaseType.BOOLEAN);
  SqlType INTEGER = new Primitive(BaseType.INTEGER);
  SqlType BIGINT = new Primitive(BaseType.BIGINT);
  SqlType DOUBLE = new Primitive(BaseType.DOUBLE);
  SqlType STRING = new Primitive(BaseType.STRING);
  SqlType BYTES = new Primitive(BaseType.BYTES);
  SqlType TIME = new Primitive(BaseType.TIME);
  SqlType DATE = new Primitive(BaseType.DATE);
  SqlType TIMESTAMP = new Primitive(BaseType.TIMESTAMP);

  /** The kind of type, without parameters. */
  BaseType base();

  /** The kinds of types, in ksqlDB's order of numeric widening where that matters. */
  enum BaseType {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DECIMAL,
    DOUBLE,
    STRING,
    ARRAY,
    MAP,
    STRUCT,
    TIME,
    DATE,
    TIMESTAMP,
    BYTES;

    /** Whether arithmetic is defined on values of this kind. */
    public boolean isNumber() {
      return this == INTEGER || this == BIGINT || this == DECIMAL || this == DOUBLE;
    }

    /** Whether values of this kind are points in time or on the clock. */
    public boolean isTime() {
      return this == TIME || this == DATE || this == TIMESTAMP;
    }
  }

  /** A type without parameters. */
  record Primitive(BaseType base) implements SqlType {
    @Override
    public String toString() {
      return base.name();
    }
  }

  /** Exact decimal number of {@code precision} digits, {@code scale} of them after the point. */
  record Decimal(int precision, int scale) implements SqlType {
    /** The largest precision ksqlDB accepts. */
    public static final int MAX_PRECISION = 38;

    @Override
    public BaseType base() {
      return BaseType.DECIMAL;
    }

    @Override
    public String toString() {
      return "DECIMAL(" + precision + ", " + scale + ")";
    }
  }

  /** List of elements of one type; elements may be null. */
  record Array(SqlType element) implements SqlType {
    public Array {
      requireNonNull(element, "element");
    }

    @Override
    public BaseType base() {
      return BaseType.ARRAY;
    }

    @Override
    public String toString() {
      return "ARRAY<" + element + ">";
    }
  }

  /** Map from keys of one type to values of another. */
  record Map(SqlType key, SqlType value) implements SqlType {
    public Map {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
      TypeSize.requireBounded(1L + TypeSize.of(key) + TypeSize.of(value));
    }

    @Override
    public BaseType base() {
      return BaseType.MAP;
    }

    @Override
    public String toString() {
      return "MAP<" + key + ", " + value + ">";
    }
  }

  /** Named fields in order; names are case-sensitive as stored (identifiers are upper-cased). */
  record Struct(List<Field> fields) implements SqlType {
    public Struct {
      fields = List.copyOf(fields);
      Set<String> names = new HashSet<>();
      for (Field field : fields) {
        if (!names.add(field.name())) {
          throw new SqlException("Duplicate field names found in STRUCT: '" + field + "'");
        }
      }
      TypeSize.requireBounded(TypeSize.of(fields));
    }

    /** The field of exactly this name. */
    public Optional<Field> field(String name) {
      return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    @Override
    public BaseType base() {
      return BaseType.STRUCT;
    }

    @Override
    public String toString() {
      return fields.isEmpty()
          ? "STRUCT< >"
          : fields.stream().map(Field::toString).collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
  }

  /** One field of a struct. */
  record Field(String name, SqlType type) {
    public Field {
      requireNonNull(name, "name");
      requireNonNull(type, "type");
    }

    @Override
    public String toString() {
      return "`" + name + "` " + type;
    }
  }
}
