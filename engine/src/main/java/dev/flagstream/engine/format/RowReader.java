package dev.flagstream.engine.format;

/**
 * Reads the columns of a key or a value from bytes. Thread-safe.
 *
 * <p>Null bytes never reach it: a record without key or value is no row.
 */
public interface RowReader {

  /**
   * The columns, each null or of the Java class behind its type; null where the bytes stand for
   * nothing, as JSON's {@code null} does.
   *
   * @throws UnreadableValueException if the bytes are not what the format and the types ask for
   */
  Object[] read(byte[] bytes);
}
