package dev.flagstream.client.lake;

import java.io.IOException;

/** The place of a lake does not answer for now. Doing the same again may go well. */
public final class StoreAwayException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message what does not answer, where, and what to do
   */
  public StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
