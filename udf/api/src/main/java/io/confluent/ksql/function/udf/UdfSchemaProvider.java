package io.confluent.ksql.function.udf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method named by {@link Udf#schemaProvider()}: it takes the list of the arguments'
 * {@link io.confluent.ksql.schema.ksql.SqlArgument}s and returns the result's {@link
 * io.confluent.ksql.schema.ksql.types.SqlType}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface UdfSchemaProvider {}
