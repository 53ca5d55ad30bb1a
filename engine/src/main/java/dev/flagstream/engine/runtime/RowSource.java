package dev.flagstream.engine.runtime;

/** The rows of a SELECT, made while they are taken. To be used by one thread, closed by any. */
public interface RowSource extends AutoCloseable {

  /** Why there are no more rows. */
  enum End {
    /** All rows have been handed over. */
    COMPLETED,
    /** As many rows as LIMIT asked for have been handed over. */
    LIMIT_REACHED,
    /** Someone closed the source, or the taker had enough. */
    CLOSED
  }

  /**
   * Hands over all rows; blocks until there are no more.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws QueryFailedException if the query fails on the way
   */
  End forEach(RowTaker taker) throws InterruptedException;

  /** Stops making rows and gives back what that took; may be called more than once. */
  @Override
  void close();
}
