package dev.flagstream.engine.topology.log;

import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where a record is.
 *
 * <p>The place of the record that a thread works on is kept for the thread, so that the processing
 * log can tell it however deep in an expression something goes wrong.
 *
 * @param topic its topic; an internal one for rows that were repartitioned
 * @param partition its partition
 * @param offset its offset there
 */
public record RecordPlace(String topic, int partition, long offset) {

  /** What is set for every row is handed on as Kafka Streams gives it, without a copy. */
  private static final ThreadLocal<RecordMetadata> CURRENT = new ThreadLocal<>();

  /** Where the record is that this thread works on; empty if it works on none, or on a join's. */
  public static Optional<RecordPlace> current() {
    return Optional.ofNullable(CURRENT.get())
        .filter(place -> place.topic() != null)
        .map(place -> new RecordPlace(place.topic(), place.partition(), place.offset()));
  }

  /**
   * From now on this thread works on another record.
   *
   * @param place null if it has none
   */
  public static void enter(RecordMetadata place) {
    CURRENT.set(place);
  }

  /** Carries something out as work on the record here, whatever the thread works on otherwise. */
  public void during(Runnable work) {
    RecordMetadata before = CURRENT.get();
    CURRENT.set(new Metadata(topic, partition, offset));
    try {
      work.run();
    } finally {
      CURRENT.set(before);
    }
  }

  private record Metadata(String topic, int partition, long offset) implements RecordMetadata {}
}
