package dev.flagstream.engine.expression;

import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.util.Optional;

/**
 * A piece of generated Java that computes a value.
 *
 * @param text a Java expression, safe to stand anywhere
 * @param knownType empty where the value is NULL, or no SQL value at all, as a lambda is
 * @param primitive whether the Java expression is of a primitive type, and so never null
 * @param repeatable whether evaluating it twice costs nothing worth avoiding
 */
record JavaValue(String text, Optional<SqlType> knownType, boolean primitive, boolean repeatable) {

  /** A value that is computed once. */
  static JavaValue object(String text, SqlType type) {
    return new JavaValue(text, Optional.of(type), false, false);
  }

  /** A value that is a variable, an array's element or a constant. */
  static JavaValue variable(String text, SqlType type) {
    return new JavaValue(text, Optional.of(type), false, true);
  }

  /** A reference that is no value of SQL: a function, a constant of Java. */
  static JavaValue untyped(String text, boolean repeatable) {
    return new JavaValue(text, Optional.empty(), false, repeatable);
  }

  /** A value that is never null, of one of the primitive types. */
  static JavaValue primitive(String text, SqlType type) {
    return new JavaValue(text, Optional.of(type), true, false);
  }

  /** A constant written into the code. */
  static JavaValue constant(String text, SqlType type) {
    return new JavaValue(text, Optional.of(type), true, true);
  }

  /** The type of a value that has one. */
  SqlType type() {
    return knownType.orElseThrow(() -> new IllegalStateException("no type: " + text));
  }

  /** A reference to an object, or null. */
  String asObject() {
    return primitive ? classOf(type()) + ".valueOf(" + text + ")" : text;
  }

  /** A value of a primitive type; throws NullPointerException where there is no value. */
  String asPrimitive() {
    return primitive ? text : text + unboxing();
  }

  private String unboxing() {
    return switch (type().base()) {
      case BOOLEAN -> ".booleanValue()";
      case INTEGER -> ".intValue()";
      case BIGINT -> ".longValue()";
      case DOUBLE -> ".doubleValue()";
      default -> throw new IllegalStateException("no primitive type for " + type());
    };
  }

  /** Whether values of the type have a primitive form. */
  static boolean hasPrimitive(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN, INTEGER, BIGINT, DOUBLE -> true;
      default -> false;
    };
  }

  /** The primitive type of truth values and of numbers other than decimals. */
  static String primitiveOf(SqlType type) {
    return type.base() == BaseType.BOOLEAN ? "boolean" : primitiveOf(type.base());
  }

  /** The primitive type of numbers other than decimals. */
  static String primitiveOf(BaseType type) {
    return switch (type) {
      case INTEGER -> "int";
      case BIGINT -> "long";
      case DOUBLE -> "double";
      default -> throw new IllegalArgumentException("no primitive number: " + type);
    };
  }

  /** The class of values of a type. */
  static String classOf(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> "Boolean";
      case INTEGER -> "Integer";
      case BIGINT -> "Long";
      case DOUBLE -> "Double";
      case DECIMAL -> "BigDecimal";
      case STRING -> "String";
      case BYTES -> "ByteBuffer";
      case TIME -> "Time";
      case DATE -> "Date";
      case TIMESTAMP -> "Timestamp";
      case ARRAY -> "List";
      case MAP -> "Map";
      case STRUCT -> "Struct";
    };
  }
}
