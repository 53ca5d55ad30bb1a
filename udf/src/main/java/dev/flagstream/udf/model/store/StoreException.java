package dev.flagstream.udf.model.store;

/** A file of a store that cannot be had. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * An error.
   *
   * @param file what people call the file
   * @param reason why it cannot be had, and what to do
   * @param cause null if there is none
   */
  StoreException(String file, String reason, Throwable cause) {
    super(reason, cause);
    this.file = file;
  }

  /** What people call the file. */
  public String file() {
    return file;
  }
}
