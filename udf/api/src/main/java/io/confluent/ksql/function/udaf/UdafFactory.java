package io.confluent.ksql.function.udaf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method, which returns a {@link Udaf} or {@link TableUdaf}, a variant of the
 * aggregate function its class describes. The factory's own parameters are the aggregate's initial
 * arguments: literals that follow the columns in SQL.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface UdafFactory {

  /** What this variant does, shown by {@code DESCRIBE FUNCTION}. */
  String description();

  /** The SQL types of the input columns in order, where the Java types do not say them. */
  String[] paramSchema() default "";

  /** The SQL type of the intermediate state, where the Java type does not say it. */
  String aggregateSchema() default "";

  /** The SQL type of the result, where the Java type does not say it. */
  String returnSchema() default "";
}
