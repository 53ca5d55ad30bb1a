package dev.flagstream.engine.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes structs without checking what is certain.
 *
 * <p>{@code Struct.put} checks each value against the schema, and a struct in a struct again with
 * all its fields: more work than reading the value in the first place. So the values are laid into
 * the struct directly; where a version of Connect keeps them otherwise, they are put.
 */
public final class Structs {

  /**
   * Null if there is no such field. An Optional would keep the JIT from treating it as a constant.
   */
  private static final VarHandle VALUES = valuesOfStructsOrNull();

  private Structs() {}

  private static VarHandle valuesOfStructsOrNull() {
    try {
      return MethodHandles.privateLookupIn(Struct.class, MethodHandles.lookup())
          .findVarHandle(Struct.class, "values", Object[].class);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** A struct of values that were made by the types of the schema's fields, in their order. */
  public static Struct ofTyped(Schema schema, Object[] values) {
    if (VALUES == null) {
      return checked(schema, values);
    }
    Struct struct = new Struct(schema);
    Object[] own = (Object[]) VALUES.get(struct);
    System.arraycopy(values, 0, own, 0, own.length);
    return struct;
  }

  /**
   * A struct of values in the order of the schema's fields; those that come from foreign code are
   * checked. A struct of the very schema is not: each value was checked when it was put in. Where a
   * look at the class is enough, {@code Struct.put} is spared: it makes the text of the error
   * first.
   */
  public static Struct of(Schema schema, Object[] values) {
    if (VALUES == null) {
      return checked(schema, values);
    }
    Struct struct = new Struct(schema);
    Object[] own = (Object[]) VALUES.get(struct);
    List<Field> fields = schema.fields();
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      if (isCertain(field.schema(), values[i])) {
        own[i] = values[i];
      } else {
        struct.put(field, values[i]);
      }
    }
    return struct;
  }

  /**
   * Whether a value is one of the schema at a glance; false says no more than that it must be
   * checked.
   */
  private static boolean isCertain(Schema schema, Object value) {
    if (value == null) {
      return schema.isOptional();
    }
    if (value instanceof Struct inner) {
      return inner.schema() == schema;
    }
    if (schema.name() != null) {
      return false;
    }
    return switch (schema.type()) {
      case INT32 -> value instanceof Integer;
      case INT64 -> value instanceof Long;
      case FLOAT64 -> value instanceof Double;
      case BOOLEAN -> value instanceof Boolean;
      case STRING -> value instanceof String;
      default -> false;
    };
  }

  /** The same struct, made by the methods of Connect that are public. */
  static Struct checked(Schema schema, Object[] values) {
    Struct struct = new Struct(schema);
    List<Field> fields = schema.fields();
    for (int i = 0; i < values.length; i++) {
      struct.put(fields.get(i), values[i]);
    }
    return struct;
  }
}
