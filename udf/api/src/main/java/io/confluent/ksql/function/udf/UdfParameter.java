package io.confluent.ksql.function.udf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names and describes a parameter of a scalar or table function. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface UdfParameter {

  /** The name; may be left out where the class was compiled with {@code -parameters}. */
  String value() default "";

  /** What the parameter means, shown by {@code DESCRIBE FUNCTION}. */
  String description() default "";

  /** The SQL type, where the Java type does not say it; needed for STRUCT. */
  String schema() default "";
}
