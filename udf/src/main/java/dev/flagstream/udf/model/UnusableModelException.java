package dev.flagstream.udf.model;

/** A model that must not score: the message names the file and the reason. */
public final class UnusableModelException extends RuntimeException {

  UnusableModelException(String file, String reason) {
    super(file + ": " + reason);
  }

  UnusableModelException(String file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
