package io.confluent.ksql.function.udf;

import io.confluent.ksql.function.FunctionCategory;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a class a scalar function; each of its {@link Udf} methods is one variant. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface UdfDescription {

  /** The name in SQL, unique among all functions; case does not matter. */
  String name();

  /** What the function does, shown by {@code DESCRIBE FUNCTION}. */
  String description();

  /** The group in which {@code SHOW FUNCTIONS} lists it. */
  String category() default FunctionCategory.OTHER;

  /** Its author, shown by {@code DESCRIBE FUNCTION}. */
  String author() default "";

  /** Its version, shown by {@code DESCRIBE FUNCTION}. */
  String version() default "";
}
