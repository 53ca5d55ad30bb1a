package io.confluent.ksql.schema.utils;

/** A value or a set of fields that does not fit its type. */
public class DataException extends RuntimeException {

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
