package dev.flagstream.engine.runtime;

/** Rows of a table or stream that can be walked through. */
interface TableRows {

  /** A row; its value has the columns of the pull query's input. */
  @SuppressWarnings("ArrayRecordComponent") // Rows are arrays everywhere; these are never compared.
  record Row(Object[] key, Object[] value) {}

  /** Starts at the first row. */
  Cursor open();

  /** A walk through rows. */
  interface Cursor extends AutoCloseable {
    /** The next row; null after the last. */
    Row next() throws InterruptedException;

    @Override
    void close();
  }
}
