package dev.flagstream.engine.statement.config;

/** The server cannot start with the settings it was given; the message names key and value. */
public final class ConfigurationException extends RuntimeException {

  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
