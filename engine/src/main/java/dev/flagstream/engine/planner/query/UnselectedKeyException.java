package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.planner.query.RowKey.KeyColumn;
import java.util.List;

/**
 * An expression of GROUP BY or PARTITION BY is not in SELECT, where a persistent query needs it.
 * Thrown early only where the expression cannot be computed either: ksqlDB looks at SELECT first.
 */
public final class UnselectedKeyException extends SqlException {

  private static final long serialVersionUID = 1;

  private final transient RowKey key;
  private final transient List<KeyColumn> missing;

  UnselectedKeyException(RowKey key, List<KeyColumn> missing) {
    super("Key missing from projection");
    this.key = key;
    this.missing = List.copyOf(missing);
  }

  /** The refusal of a SELECT that has all of the key, and nothing else. */
  public static SqlException noValueColumns() {
    return new SqlException("The projection contains no value columns.");
  }

  /** All of the key. */
  public RowKey key() {
    return key;
  }

  /** The parts of it that SELECT has not. */
  public List<KeyColumn> missing() {
    return missing;
  }
}
