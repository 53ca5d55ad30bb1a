package dev.flagstream.engine.expression;

/**
 * Expressions over one row, compiled: computes all of them at once.
 *
 * <p>An expression that throws (a UDF's exception, a division by zero) gives null and is reported
 * to the {@link ErrorListener} it was compiled with; the others are computed all the same.
 * Thread-safe.
 */
public interface RowEvaluator {

  /**
   * The values of the expressions, in order.
   *
   * @param key the row's key columns; null where the record has no key
   * @param value the row's value columns
   */
  Object[] evaluate(Object[] key, Object[] value);

  /** A single BOOLEAN expression; null and errors count as false. */
  interface Condition {
    /** Whether the expression is true of the row. */
    boolean test(Object[] key, Object[] value);
  }

  /** Receives each value that could not be computed. */
  interface ErrorListener {
    /**
     * Reports a value that could not be computed.
     *
     * @param expression the SQL text of the expression, never row contents
     */
    void onError(String expression, Throwable error);
  }
}
