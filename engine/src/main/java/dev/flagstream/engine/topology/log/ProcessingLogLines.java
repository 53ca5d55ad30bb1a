package dev.flagstream.engine.topology.log;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A processing log as lines of text. They name the place and what went wrong there, never what rows
 * hold. As thread-safe as {@link #add}.
 */
public abstract class ProcessingLogLines implements ProcessingLog {

  @Override
  public void unreadable(
      String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
    add(logger + ": " + part.label() + " of " + topic + ": " + FailureText.of(error));
  }

  @Override
  public void failed(
      String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
    add(logger + ": " + message);
  }

  /**
   * Called once for each entry. Must not throw.
   *
   * @param line {@code <logger>: <what went wrong>}; a message of several lines keeps them
   */
  protected abstract void add(String line);
}
