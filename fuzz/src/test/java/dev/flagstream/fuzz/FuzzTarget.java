package dev.flagstream.fuzz;

/**
 * A reader of foreign bytes, and what must be true of it for all bytes. Used by one thread at a
 * time.
 */
@FunctionalInterface
interface FuzzTarget {

  /**
   * Has the reader read an input. To refuse it as documented is fine.
   *
   * @throws AssertionError if what was read is not what it must be
   * @throws Exception that the reader's documentation does not name
   */
  void tryOut(byte[] input) throws Exception;
}
