package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.topology.log.RecordPlace;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A key or value that cannot be read. The catcher notes it, since only the catcher knows where the
 * record is.
 */
final class UnreadableRecordException extends SerializationException {

  private static final long serialVersionUID = 1;

  private final transient Runnable entry;

  /**
   * As Kafka's exception.
   *
   * @param entry writes it to the processing log
   */
  UnreadableRecordException(String message, Throwable cause, Runnable entry) {
    super(message, cause);
    this.entry = entry;
  }

  /** Writes it to the processing log. */
  void note(RecordPlace place) {
    place.during(entry);
  }
}
