package dev.flagstream.engine.format;

/** Writes the columns of a key or a value as bytes. Thread-safe. */
public interface RowWriter {

  /**
   * The bytes; null where the format writes nothing for such a row.
   *
   * @throws UnwritableValueException if a value is not what its column's type allows
   */
  byte[] write(Object[] columns);
}
