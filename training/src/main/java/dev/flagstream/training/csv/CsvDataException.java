package dev.flagstream.training.csv;

/** A file that cannot be trained on; the message says where and what to do. */
public final class CsvDataException extends RuntimeException {

  /** Says what is wrong. */
  public CsvDataException(String message) {
    super(message);
  }
}
