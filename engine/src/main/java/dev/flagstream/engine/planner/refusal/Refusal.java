package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;
import java.util.function.Supplier;

/** Words refusals by the phase of planning that they come from, as ksqlDB does. */
public final class Refusal {

  private Refusal() {}

  /** Does work of the phase in which the statement's own clauses are read. */
  public static <T> T whilePreparing(Supplier<T> work) {
    return prefixed("Failed to prepare statement: ", work);
  }

  /** Checks what belongs to the phase in which the statement's own clauses are read. */
  public static void checkWhilePreparing(Runnable check) {
    whilePreparing(
        () -> {
          check.run();
          return null;
        });
  }

  /** Does work of the phase in which names in the statement are resolved. */
  public static <T> T inStatement(Supplier<T> work) {
    return prefixed("Exception while preparing statement: ", work);
  }

  private static <T> T prefixed(String prefix, Supplier<T> work) {
    try {
      return work.get();
    } catch (SchemaRegistryRequiredException | UnquotedException | StatementException e) {
      throw e;
    } catch (SqlException e) {
      throw new SqlException(prefix + e.getMessage(), e);
    }
  }

  /**
   * Does work whose refusals quote the statement: as written or, once it is known, in a form that
   * says more.
   */
  public static <T> T quoting(String statement, Supplier<T> work) {
    try {
      return work.get();
    } catch (SchemaRegistryRequiredException | UnquotedException | StatementException e) {
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
