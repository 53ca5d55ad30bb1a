package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;
import java.util.function.Supplier;

/** Words a refusal in the phase of planning it comes from, as ksqlDB does. */
public final class Refusal {

  private Refusal() {}

  /** While the statement's own clauses are read. */
  public static <T> T whilePreparing(Supplier<T> work) {
    return prefixed("Failed to prepare statement: ", work);
  }

  /** While names in the statement are resolved. */
  public static <T> T inStatement(Supplier<T> work) {
    return prefixed("Exception while preparing statement: ", work);
  }

  private static <T> T prefixed(String prefix, Supplier<T> work) {
    try {
      return work.get();
    } catch (SchemaRegistryRequiredException | MissingTopicException | StatementException e) {
      throw e;
    } catch (SqlException e) {
      throw new SqlException(prefix + e.getMessage(), e);
    }
  }

  /** Once the statement can be shown in a form that says more than its text. */
  public static <T> T quoting(String statement, Supplier<T> work) {
    try {
      return work.get();
    } catch (SchemaRegistryRequiredException | MissingTopicException | StatementException e) {
      throw e;
    } catch (SqlException e) {
      throw new StatementException(e.getMessage(), statement, e);
    } catch (StackOverflowError e) {
      throw new StatementException(
          "The statement is nested too deeply. Compute parts of it in a stream before it.",
          statement,
          e);
    }
  }
}
