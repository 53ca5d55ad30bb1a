package dev.flagstream.engine.topology.log;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Receives the records and values that could not be processed, so that none vanishes silently.
 * Thread-safe; none of the methods throws.
 */
public interface ProcessingLog {

  /** Which part of a record could not be read. */
  enum RecordPart {
    KEY("key"),
    VALUE("value");

    private final String label;

    RecordPart(String label) {
      this.label = label;
    }

    /** As the log's entries and messages name it. */
    public String label() {
      return label;
    }
  }

  /**
   * A record was skipped because its key or value could not be read.
   *
   * @param logger the place: {@code processing.<query>.<step>}
   */
  void unreadable(
      String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes);

  /**
   * A row was skipped, or one of its values became null.
   *
   * @param row the row's text, made only if the log is to hold row contents
   */
  void failed(String logger, String message, Optional<Throwable> cause, Supplier<String> row);

  /**
   * A row was skipped because the broker does not take it.
   *
   * @param message why, and for which topic
   */
  default void unwritten(String logger, String message) {
    failed(logger, message, Optional.empty(), () -> null);
  }

  /**
   * A row was skipped because its key or value could not be turned into bytes.
   *
   * @param row the row's text, made only if the log is to hold row contents
   */
  default void unserializable(
      String logger, String topic, RecordPart part, Throwable error, Supplier<String> row) {
    failed(logger, FailureText.of(error), Optional.of(error), row);
  }

  /** A stream thread of a query died; another takes its place. */
  default void threadDied(String logger, String threadName, Throwable error) {
    failed(logger, FailureText.of(error), Optional.of(error), () -> null);
  }
}
