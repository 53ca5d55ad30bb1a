package io.confluent.ksql.function.udf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a method a variant of the scalar function its class describes. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Udf {

  /** What this variant does, shown by {@code DESCRIBE FUNCTION} beside the class's description. */
  String description() default "";

  /**
   * The SQL type of the result, where the Java type does not say it; needed for DECIMAL and STRUCT.
   */
  String schema() default "";

  /** The name of the method of the same class that works the type out from the arguments'. */
  String schemaProvider() default "";
}
