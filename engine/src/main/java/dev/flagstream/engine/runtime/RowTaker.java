package dev.flagstream.engine.runtime;

/** Takes the rows of a result one by one. */
public interface RowTaker {

  /**
   * Takes a row; may block while its reader is slow.
   *
   * @param values the columns of the result in the order of the SELECT list
   * @return false if no more rows are wanted
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  boolean accept(Object[] values) throws InterruptedException;

  /**
   * Takes the news that a row of a table is gone; by default it is ignored.
   *
   * @param values the columns of the result, null but for those of the key
   * @return false if no more rows are wanted
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  default boolean deleted(Object[] values) throws InterruptedException {
    return true;
  }
}
