package dev.flagstream.client;

import java.io.IOException;

/** No server answers at an address, or not as such a server does. */
public final class NoAnswerException extends ServerException {

  private static final long serialVersionUID = 1L;

  NoAnswerException(String message, IOException cause) {
    super(message, cause);
  }
}
