package io.confluent.ksql.schema.utils;

/** A type that cannot be. */
public class SchemaException extends RuntimeException {

  public SchemaException(String message) {
    super(message);
  }

  public SchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
